package org.captionary.inference.photo;

import java.util.Arrays;

/**
 * How a picture has to be turned to be upright, by the eight values of EXIF's tag 0x0112.
 *
 * @param swapped whether rows and columns change places, before the picture is mirrored
 * @param fromRight whether the source is read from right to left
 * @param fromBottom whether the source is read from bottom to top
 */
record Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {

  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** Any other value than 2 to 8 turns nothing. */
  static Orientation of(int exif) {
    if (exif < 1 || exif > 8) {
      return UPRIGHT;
    }
    return new Orientation(exif >= 5, in(exif, 2, 3, 7, 8), in(exif, 3, 4, 6, 7));
  }

  private static boolean in(int value, int... values) {
    return Arrays.stream(values).anyMatch(each -> each == value);
  }

  RgbSource turn(RgbSource source) {
    return equals(UPRIGHT) ? source : new Turned(source, this);
  }

  private record Turned(RgbSource source, Orientation by) implements RgbSource {

    @Override
    public int width() {
      return by.swapped ? source.height() : source.width();
    }

    @Override
    public int height() {
      return by.swapped ? source.width() : source.height();
    }

    @Override
    public void read(int x, int y, int width, int height, byte[] rgb, int offset) {
      int across = by.swapped ? height : width;
      int down = by.swapped ? width : height;
      int left = by.swapped ? y : x;
      int top = by.swapped ? x : y;
      byte[] part = new byte[3 * width * height];
      source.read(
          by.fromRight ? source.width() - left - across : left,
          by.fromBottom ? source.height() - top - down : top,
          across,
          down,
          part,
          0);
      for (int i = 0; i < width * height; i++) {
        int column = by.swapped ? i / width : i % width;
        int row = by.swapped ? i % width : i / width;
        int from = by.fromRight ? across - 1 - column : column;
        from += across * (by.fromBottom ? down - 1 - row : row);
        System.arraycopy(part, 3 * from, rgb, offset + 3 * i, 3);
      }
    }
  }
}
