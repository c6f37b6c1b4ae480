package org.captionary.inference.photo;

import org.captionary.domain.photo.Pixels;

/** Resizes rows of 8-bit RGB to the target's width: Pillow's horizontal pass. */
final class RowResampling {

  /** Wider pictures have few rows: the many weights of theirs are made anew for each row. */
  private static final int MOST_KEPT_WIDTH = 1 << 20;

  private final ResampleAxis axis;
  private final boolean keeps;
  private final ResampleAxis.Window[] kept = new ResampleAxis.Window[Pixels.WIDTH];

  RowResampling(ResampleFilter filter, int sourceWidth) {
    this.axis = new ResampleAxis(filter, sourceWidth, Pixels.WIDTH);
    this.keeps = sourceWidth <= MOST_KEPT_WIDTH;
  }

  byte[] resize(byte[] source) {
    byte[] row = new byte[Pixels.WIDTH * Pixels.CHANNELS];
    for (int x = 0; x < Pixels.WIDTH; x++) {
      resizePixel(source, window(x), row, x * Pixels.CHANNELS);
    }
    return row;
  }

  private ResampleAxis.Window window(int x) {
    if (!keeps) {
      return axis.window(x);
    }
    if (kept[x] == null) {
      kept[x] = axis.window(x);
    }
    return kept[x];
  }

  private static void resizePixel(byte[] source, ResampleAxis.Window window, byte[] row, int to) {
    int red = ResampleAxis.HALF;
    int green = ResampleAxis.HALF;
    int blue = ResampleAxis.HALF;
    int from = window.first() * Pixels.CHANNELS;
    for (int weight : window.weights()) {
      red += weight * (source[from] & 0xff);
      green += weight * (source[from + 1] & 0xff);
      blue += weight * (source[from + 2] & 0xff);
      from += Pixels.CHANNELS;
    }
    RasterRgb.put(
        row, to, ResampleAxis.toByte(red), ResampleAxis.toByte(green), ResampleAxis.toByte(blue));
  }
}
