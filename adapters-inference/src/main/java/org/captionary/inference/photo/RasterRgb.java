package org.captionary.inference.photo;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Samples as they stand in the file, turned to RGB by Pillow's {@code convert("RGB")}: grey is
 * repeated, a palette looked up, alpha dropped and not blended. {@link ColorModel#getRGB} would
 * apply grey's own gamma and colour profiles.
 */
final class RasterRgb implements RgbSource {

  /** Turns the samples of a pixel to red, green and blue. */
  interface PixelConverter {

    /**
     * @param samples of a row
     * @param from where the pixel's samples begin
     */
    void convert(int[] samples, int from, byte[] rgb, int to);
  }

  private final Raster raster;
  private final PixelConverter converter;
  private int[] samples = new int[0];

  RasterRgb(Raster raster, PixelConverter converter) {
    this.raster = raster;
    this.converter = converter;
  }

  /**
   * @param cutsWideGrey whether 16-bit grey is cut off at 255 instead of losing its low byte
   */
  static RasterRgb of(ColorModel colors, Raster raster, boolean cutsWideGrey) {
    if (colors instanceof IndexColorModel palette) {
      return new RasterRgb(raster, palette(palette));
    }
    SampleModel samples = raster.getSampleModel();
    return new RasterRgb(
        raster, raster.getNumBands() < 3 ? grey(samples, cutsWideGrey) : channels(samples));
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void read(int x, int y, int width, int height, byte[] rgb, int offset) {
    int bands = raster.getNumBands();
    if (samples.length < width * height * bands) {
      samples = new int[width * height * bands];
    }
    raster.getPixels(raster.getMinX() + x, raster.getMinY() + y, width, height, samples);
    for (int i = 0; i < width * height; i++) {
      converter.convert(samples, i * bands, rgb, offset + 3 * i);
    }
  }

  private static PixelConverter palette(IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    return (samples, from, rgb, to) -> {
      // Pillow's palettes have 256 places; those the file does not fill are black.
      int color = samples[from] < colors.length ? colors[samples[from]] : 0;
      put(rgb, to, color >> 16, color >> 8, color);
    };
  }

  static void put(byte[] rgb, int to, int red, int green, int blue) {
    rgb[to] = (byte) red;
    rgb[to + 1] = (byte) green;
    rgb[to + 2] = (byte) blue;
  }

  private static PixelConverter grey(SampleModel model, boolean cutsWideGrey) {
    int bits = model.getSampleSize(0);
    return (samples, from, rgb, to) -> {
      int value = cutsWideGrey ? Math.min(255, samples[from]) : toByte(samples[from], bits);
      put(rgb, to, value, value, value);
    };
  }

  private static PixelConverter channels(SampleModel model) {
    int red = model.getSampleSize(0);
    int green = model.getSampleSize(1);
    int blue = model.getSampleSize(2);
    return (samples, from, rgb, to) ->
        put(
            rgb,
            to,
            toByte(samples[from], red),
            toByte(samples[from + 1], green),
            toByte(samples[from + 2], blue));
  }

  /** Wide samples lose their low bits; narrow ones (5 and 6 bits of a BMP) are spread, cut off. */
  private static int toByte(int sample, int bits) {
    return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }
}
