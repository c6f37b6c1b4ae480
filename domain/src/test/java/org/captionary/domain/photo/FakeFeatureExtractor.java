package org.captionary.domain.photo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Cheap numbers from 0 to 1 in place of features, drawn from the pixels and the layer. */
public final class FakeFeatureExtractor implements FeatureExtractor {

  private static final int PLACES = 49;

  private final Network network;

  /** In place of a network, with its layers. */
  public FakeFeatureExtractor(Network network) {
    this.network = network;
  }

  @Override
  public ExtractorIdentity identity() {
    return new ExtractorIdentity(
        "fake " + network.id(), "none", ContentHash.of(new byte[0]), "float32");
  }

  @Override
  public Set<FeatureLayer> layers() {
    return network.layers();
  }

  @Override
  public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must not be empty");
    }
    return photos.stream().map(photo -> features(photo, layers)).toList();
  }

  private PhotoFeatures features(Pixels photo, Set<FeatureLayer> layers) {
    Map<FeatureLayer, float[]> values = new EnumMap<>(FeatureLayer.class);
    for (FeatureLayer layer : layers) {
      values.put(layer, layer == network.avg() ? means(photo) : drawn(photo, layer));
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

  private float[] means(Pixels photo) {
    float[] places = drawn(photo, network.layers().iterator().next());
    float[] means = new float[network.avg().length()];
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
