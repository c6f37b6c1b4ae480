package org.captionary.inference.photo;

import java.awt.image.Raster;
import java.io.IOException;

/**
 * A JPEG's raw components turned to RGB as libjpeg and Pillow do it. Raw, because the JDK guesses
 * colour spaces in its own way, applies embedded profiles and refuses CMYK.
 */
final class JpegRgb {

  private static final int SCALE = 16;
  private static final int HALF = 1 << (SCALE - 1);

  private JpegRgb() {}

  /**
   * @throws IOException if the file has a number of components that Pillow does not know either
   */
  static RgbSource of(Raster raster, JpegHeader header) throws IOException {
    return new RasterRgb(
        raster,
        switch (raster.getNumBands()) {
          case 1 ->
              (samples, from, rgb, to) ->
                  RasterRgb.put(rgb, to, samples[from], samples[from], samples[from]);
          case 3 -> header.isRgb() ? JpegRgb::copy : JpegRgb::yccToRgb;
          case 4 -> header.isYcck() ? JpegRgb::ycckToRgb : JpegRgb::cmykToRgb;
          default -> throw new IOException(raster.getNumBands() + " components");
        });
  }

  private static void copy(int[] samples, int from, byte[] rgb, int to) {
    RasterRgb.put(rgb, to, samples[from], samples[from + 1], samples[from + 2]);
  }

  /** libjpeg's {@code ycc_rgb_convert}: 16-bit fixed point, rounded where it rounds. */
  private static void yccToRgb(int[] samples, int from, byte[] rgb, int to) {
    int y = samples[from];
    RasterRgb.put(
        rgb, to, red(y, samples[from + 2]), green(samples, from), blue(y, samples[from + 1]));
  }

  /** {@code ycck_cmyk_convert} gives 255 minus RGB, and K as it is. */
  private static void ycckToRgb(int[] samples, int from, byte[] rgb, int to) {
    int y = samples[from];
    ink(
        rgb,
        to,
        255 - red(y, samples[from + 2]),
        255 - green(samples, from),
        255 - blue(y, samples[from + 1]),
        samples[from + 3]);
  }

  private static void cmykToRgb(int[] samples, int from, byte[] rgb, int to) {
    ink(rgb, to, samples[from], samples[from + 1], samples[from + 2], samples[from + 3]);
  }

  /** Pillow takes every CMYK JPEG as Adobe's, inverted, and knows no profile. */
  private static void ink(byte[] rgb, int to, int cyan, int magenta, int yellow, int black) {
    RasterRgb.put(
        rgb, to, underInk(cyan, black), underInk(magenta, black), underInk(yellow, black));
  }

  /** Pillow's {@code cmyk2rgb} with {@code MULDIV255}; arguments are inverted: 255 is no ink. */
  private static int underInk(int paper, int light) {
    int product = (255 - paper) * light + 128;
    return clamp(light - (((product >> 8) + product) >> 8));
  }

  private static int red(int y, int cr) {
    return clamp(y + ((fixed(1.40200) * (cr - 128) + HALF) >> SCALE));
  }

  private static int green(int[] samples, int from) {
    int cb = samples[from + 1] - 128;
    int cr = samples[from + 2] - 128;
    return clamp(samples[from] + ((-fixed(0.34414) * cb - fixed(0.71414) * cr + HALF) >> SCALE));
  }

  private static int blue(int y, int cb) {
    return clamp(y + ((fixed(1.77200) * (cb - 128) + HALF) >> SCALE));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << SCALE) + 0.5);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
