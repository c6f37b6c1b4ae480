package org.captionary.domain.photo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Cheap numbers from 0 to 1 in place of features, drawn from the pixels and the layer. */
public final class FakeFeatureExtractor implements FeatureExtractor {

  private static final int PLACES = 49;

  private final ExtractorIdentity identity =
      new ExtractorIdentity("fake", "none", ContentHash.of(new byte[0]), "float32");

  @Override
  public ExtractorIdentity identity() {
    return identity;
  }

  @Override
  public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must not be empty");
    }
    return photos.stream().map(photo -> features(photo, layers)).toList();
  }

  private static PhotoFeatures features(Pixels photo, Set<FeatureLayer> layers) {
    Map<FeatureLayer, float[]> values = new EnumMap<>(FeatureLayer.class);
    for (FeatureLayer layer : layers) {
      values.put(layer, layer == FeatureLayer.AVG ? means(photo) : drawn(photo, layer));
    }
    return new PhotoFeatures(values);
  }

  private static float[] drawn(Pixels photo, FeatureLayer layer) {
    SplittableRandom random = new SplittableRandom(31L * photo.hashCode() + layer.ordinal());
    float[] values = new float[layer.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  private static float[] means(Pixels photo) {
    float[] places = drawn(photo, FeatureLayer.BLOCK5_POOL);
    float[] means = new float[FeatureLayer.AVG.length()];
    for (int channel = 0; channel < means.length; channel++) {
      double sum = 0;
      for (int place = 0; place < PLACES; place++) {
        sum += places[place * means.length + channel];
      }
      means[channel] = (float) (sum / PLACES);
    }
    return means;
  }
}
