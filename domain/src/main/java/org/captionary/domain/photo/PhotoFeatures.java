package org.captionary.domain.photo;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an extractor found in one photo: for each layer its values, in C order of {@link
 * FeatureLayer#shape()}.
 */
public final class PhotoFeatures {

  private final Map<FeatureLayer, float[]> values;

  /**
   * @param values not empty; each array as long as its layer, not copied
   */
  public PhotoFeatures(Map<FeatureLayer, float[]> values) {
    values.forEach(PhotoFeatures::checkLength);
    this.values = new EnumMap<>(values);
  }

  public Set<FeatureLayer> layers() {
    return values.keySet();
  }

  /**
   * @throws IllegalArgumentException if the layer was not asked for
   */
  public float[] of(FeatureLayer layer) {
    float[] found = values.get(layer);
    if (found == null) {
      throw new IllegalArgumentException("layer " + layer.id() + " was not extracted");
    }
    return found;
  }

  /** The values of a layer as little-endian float32, as they are sent. */
  public byte[] bytesOf(FeatureLayer layer) {
    return StoredType.FLOAT32.bytesOf(of(layer));
  }

  /**
   * The values of a layer as they are kept in a type.
   *
   * @throws UnstorableValueException if the type cannot hold one of them
   */
  public byte[] bytesOf(FeatureLayer layer, StoredType stored) {
    requireStorable(layer, stored);
    return stored.bytesOf(of(layer));
  }

  /**
   * Checks that all layers can be kept in a type.
   *
   * @throws UnstorableValueException if the type cannot hold one of the values
   */
  public void requireStorable(StoredType stored) {
    values.keySet().forEach(layer -> requireStorable(layer, stored));
  }

  private void requireStorable(FeatureLayer layer, StoredType stored) {
    for (float value : of(layer)) {
      if (!stored.holds(value)) {
        throw new UnstorableValueException(layer, value, stored);
      }
    }
  }

  private static void checkLength(FeatureLayer layer, float[] floats) {
    if (floats.length != layer.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s has %d values, not %d", layer.id(), layer.length(), floats.length));
    }
  }
}
