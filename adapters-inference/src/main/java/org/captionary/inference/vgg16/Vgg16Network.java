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

/** Brings photos into the shapes that an engine computes, and what comes out to each photo. */
final class Vgg16Network implements AutoCloseable {

  /** The most photos that are worth being brought together. */
  static final int BATCH = Engine.DENSE_PHOTOS;

  private static final int PLACES = 49;
  private static final int POOLED = FeatureLayer.BLOCK5_POOL.length();
  private static final int CHANNELS = FeatureLayer.AVG.length();

  private final Engine engine;

  /**
   * @param engine closed together with the network
   */
  Vgg16Network(Engine engine) {
    this.engine = engine;
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
      List<float[]> outputs = engine.dense(pooled);
      found.put(FeatureLayer.FC1, outputs.get(0));
      found.put(FeatureLayer.FC2, outputs.get(1));
    }
    found.keySet().retainAll(layers);
    return split(found, photos.size());
  }

  /** Of {@value #BATCH} photos, those that are missing 0. */
  private float[] pool(List<Pixels> photos) {
    float[] pooled = new float[BATCH * POOLED];
    for (int from = 0; from < photos.size(); from += engine.photos()) {
      int end = Math.min(from + engine.photos(), photos.size());
      float[] part = engine.pool(input(photos.subList(from, end)));
      System.arraycopy(part, 0, pooled, from * POOLED, (end - from) * POOLED);
    }
    return pooled;
  }

  /** As many photos as the engine takes; those that are missing 0. */
  private float[] input(List<Pixels> photos) {
    float[] input = new float[engine.photos() * Pixels.LENGTH];
    for (int i = 0; i < photos.size(); i++) {
      System.arraycopy(photos.get(i).toVgg16Input(), 0, input, i * Pixels.LENGTH, Pixels.LENGTH);
    }
    return input;
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
    engine.close();
  }
}
