package org.captionary.inference.photo;

/** A decoded picture of any size that gives its pixels as RGB. */
interface RgbSource {

  int width();

  int height();

  /**
   * Gives a rectangle of pixels, row by row; it lies wholly in the picture.
   *
   * @param rgb receives red, green and blue of each pixel
   * @param offset of the first red in {@code rgb}
   */
  void read(int x, int y, int width, int height, byte[] rgb, int offset);
}
