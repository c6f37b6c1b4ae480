package org.captionary.app.sample;

/** Arithmetic on colours packed as {@code 0xRRGGBB}. */
final class Rgb {

  private Rgb() {}

  static int red(int rgb) {
    return rgb >> 16 & 0xFF;
  }

  static int green(int rgb) {
    return rgb >> 8 & 0xFF;
  }

  static int blue(int rgb) {
    return rgb & 0xFF;
  }

  /** The colour {@code part / whole} of the way from one to the other, in whole numbers. */
  static int blend(int from, int to, int part, int whole) {
    return of(
        red(from) + (red(to) - red(from)) * part / whole,
        green(from) + (green(to) - green(from)) * part / whole,
        blue(from) + (blue(to) - blue(from)) * part / whole);
  }

  /** The colour with the same amount added to each channel. */
  static int lighten(int rgb, int amount) {
    return of(red(rgb) + amount, green(rgb) + amount, blue(rgb) + amount);
  }

  /** Euclidean distance, 0 (the same) to 441 (black and white). */
  static double distance(int a, int b) {
    int red = red(a) - red(b);
    int green = green(a) - green(b);
    int blue = blue(a) - blue(b);
    return Math.sqrt(red * red + green * green + blue * blue);
  }

  private static int of(int red, int green, int blue) {
    return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  private static int clamp(int channel) {
    return Math.max(0, Math.min(255, channel));
  }
}
