package org.captionary.domain.photo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The numbers that a network multiplies; it adds up in float32, and its features are float32. */
public enum Precision {
  FLOAT32,
  /** Eight bits of mantissa, about twice as fast on processors that have it. */
  BFLOAT16;

  /** The name in a recipe and in an {@link ExtractorIdentity}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Precision> byId(String id) {
    return Arrays.stream(values()).filter(precision -> precision.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Precision::id).toList();
  }
}
