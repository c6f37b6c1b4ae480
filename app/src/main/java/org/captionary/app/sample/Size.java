package org.captionary.app.sample;

import java.util.List;

/**
 * How large a figure is. The radius is in hundredths of the image's shorter side; the ranges leave
 * gaps, so that a size can be told from the photo.
 */
enum Size {
  SMALL(7, 9, List.of("small", "little", "tiny")),
  MEDIUM(12, 14, List.of()),
  LARGE(18, 21, List.of("large", "big", "huge"));

  private final int smallestRadius;
  private final int largestRadius;
  private final List<String> words;

  Size(int smallestRadius, int largestRadius, List<String> words) {
    this.smallestRadius = smallestRadius;
    this.largestRadius = largestRadius;
    this.words = words;
  }

  int smallestRadius() {
    return smallestRadius;
  }

  int largestRadius() {
    return largestRadius;
  }

  /** Adjectives for it; none for the middle size, which nobody would mention. */
  List<String> words() {
    return words;
  }
}
