package org.captionary.domain.photo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a photo is brought to VGG16's input size: the filters of Pillow, under its names. */
public enum Resize {
  /** The pixel in whose place the middle of the new one falls; Keras's default. */
  NEAREST,
  BILINEAR,
  BICUBIC,
  LANCZOS,
  BOX,
  HAMMING;

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Resize> byId(String id) {
    return Arrays.stream(values()).filter(resize -> resize.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Resize::id).toList();
  }
}
