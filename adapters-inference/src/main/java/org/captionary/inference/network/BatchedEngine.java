package org.captionary.inference.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;

/** Brings photos into the shapes that an engine computes, and what comes out to each photo. */
final class BatchedEngine implements AutoCloseable {

  /** The most photos that are worth being brought together. */
  static final int BATCH = Engine.DENSE_PHOTOS;

  private static final int PLACES = 49;

  private final FeatureLayer places;
  private final FeatureLayer avg;
  private final Engine engine;

  /**
   * @param engine closed together with the network
   */
  BatchedEngine(Network network, Engine engine) {
    this.places = network.layers().iterator().next();
    this.avg = network.avg();
    this.engine = engine;
  }

  /**
   * @param photos 1 to {@value #BATCH}
   */
  List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    Map<FeatureLayer, float[]> found = new EnumMap<>(FeatureLayer.class);
    float[] pooled = pool(photos);
    found.put(places, pooled);
    if (layers.contains(avg)) {
      found.put(avg, means(pooled));
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
    int length = places.length();
    float[] pooled = new float[BATCH * length];
    for (int from = 0; from < photos.size(); from += engine.photos()) {
      int end = Math.min(from + engine.photos(), photos.size());
      float[] part = engine.pool(input(photos.subList(from, end)));
      System.arraycopy(part, 0, pooled, from * length, (end - from) * length);
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
  private float[] means(float[] pooled) {
    int channels = avg.length();
    int length = places.length();
    float[] means = new float[BATCH * channels];
    double[] sums = new double[channels];
    for (int photo = 0; photo < BATCH; photo++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < length; i++) {
        sums[i % channels] += pooled[photo * length + i];
      }
      for (int channel = 0; channel < channels; channel++) {
        means[photo * channels + channel] = (float) (sums[channel] / PLACES);
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
