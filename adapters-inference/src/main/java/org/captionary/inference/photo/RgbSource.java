package org.captionary.inference.photo;

/** A decoded picture of any size that gives its pixels as RGB, row by row. */
interface RgbSource {

  int width();

  int height();

  /**
   * Picks pixels of one row.
   *
   * @param y the row, from 0
   * @param xs the columns to pick, from 0
   * @param rgb receives red, green and blue for each column
   * @param offset of the first red in {@code rgb}
   */
  void pick(int y, int[] xs, byte[] rgb, int offset);
}
