package org.captionary.inference.vgg16;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.nd4j.linalg.factory.Nd4j;

/**
 * VGG16 in native memory, always run on {@value #BATCH} photos: what is missing is filled with
 * zeros. Which kernel a library picks, and in which order it adds up, depends on the shapes it
 * meets; with one shape, a photo's features have the same bits in any company.
 *
 * <p>For one thread: two in one graph crash the process.
 */
final class Vgg16Network implements AutoCloseable {

  static final int BATCH = 8;

  private static final int PLACES = 49;
  private static final int POOLED = FeatureLayer.BLOCK5_POOL.length();
  private static final int CHANNELS = FeatureLayer.AVG.length();

  private final Vgg16Weights weights;
  private final LoadedGraph convolutions;
  private LoadedGraph dense;

  Vgg16Network(Vgg16Weights weights) {
    this.weights = weights;
    this.convolutions =
        new LoadedGraph(ZooGraphs.convolutions(), WeightedLayer.convolutions(), weights);
  }

  /**
   * @param photos 1 to {@value #BATCH}
   */
  List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    Map<FeatureLayer, float[]> found = new EnumMap<>(FeatureLayer.class);
    float[] pooled = pool(photos);
    found.put(FeatureLayer.BLOCK5_POOL, pooled);
    if (layers.contains(FeatureLayer.AVG)) {
      found.put(FeatureLayer.AVG, means(pooled));
    }
    if (layers.contains(FeatureLayer.FC1) || layers.contains(FeatureLayer.FC2)) {
      putDense(pooled, found);
    }
    found.keySet().retainAll(layers);
    return split(found, photos.size());
  }

  private float[] pool(List<Pixels> photos) {
    float[] input = new float[BATCH * Pixels.LENGTH];
    for (int i = 0; i < photos.size(); i++) {
      System.arraycopy(photos.get(i).toVgg16Input(), 0, input, i * Pixels.LENGTH, Pixels.LENGTH);
    }
    long[] shape = {BATCH, Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS};
    return convolutions.run(input, shape).get(0);
  }

  private void putDense(float[] pooled, Map<FeatureLayer, float[]> found) {
    if (dense == null) {
      dense = new LoadedGraph(ZooGraphs.dense(), WeightedLayer.dense(), weights);
    }
    List<float[]> outputs = dense.run(pooled, BATCH, POOLED);
    found.put(FeatureLayer.FC1, outputs.get(0));
    found.put(FeatureLayer.FC2, outputs.get(1));
  }

  /** Added up in double, place by place from the first, and rounded once. */
  private static float[] means(float[] pooled) {
    float[] means = new float[BATCH * CHANNELS];
    double[] sums = new double[CHANNELS];
    for (int photo = 0; photo < BATCH; photo++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < POOLED; i++) {
        sums[i % CHANNELS] += pooled[photo * POOLED + i];
      }
      for (int channel = 0; channel < CHANNELS; channel++) {
        means[photo * CHANNELS + channel] = (float) (sums[channel] / PLACES);
      }
    }
    return means;
  }

  private static List<PhotoFeatures> split(Map<FeatureLayer, float[]> batch, int photos) {
    List<PhotoFeatures> features = new ArrayList<>();
    for (int i = 0; i < photos; i++) {
      Map<FeatureLayer, float[]> own = new EnumMap<>(FeatureLayer.class);
      for (Map.Entry<FeatureLayer, float[]> entry : batch.entrySet()) {
        int length = entry.getKey().length();
        own.put(entry.getKey(), Arrays.copyOfRange(entry.getValue(), i * length, (i + 1) * length));
      }
      features.add(new PhotoFeatures(own));
    }
    return features;
  }

  @Override
  public void close() {
    convolutions.close();
    if (dense != null) {
      dense.close();
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
