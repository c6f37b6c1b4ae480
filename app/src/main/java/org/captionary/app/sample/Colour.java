package org.captionary.app.sample;

import java.util.Arrays;
import java.util.List;

/** A colour a figure can have, and the one English word for it. */
enum Colour {
  RED(0xD62828),
  ORANGE(0xF58220),
  YELLOW(0xFADA32),
  GREEN(0x22963C),
  BLUE(0x2850D2),
  PURPLE(0x8232AA),
  PINK(0xFA82BE),
  WHITE(0xFAFAFA),
  BLACK(0x141414),
  BROWN(0x784824);

  /** Below this distance a figure could be lost in what is behind it. */
  private static final int VISIBLE_DISTANCE = 90;

  private final int rgb;

  Colour(int rgb) {
    this.rgb = rgb;
  }

  int rgb() {
    return rgb;
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The colours that can be told from every colour of a background. */
  static List<Colour> visibleOn(Background background) {
    return Arrays.stream(values()).filter(c -> c.isVisibleOn(background)).toList();
  }

  private boolean isVisibleOn(Background background) {
    return background.colours().stream()
        .allMatch(other -> Rgb.distance(rgb, other) >= VISIBLE_DISTANCE);
  }
}
