package org.captionary.inference.photo;

/** A picture whose pixels are a formula of their places, so that Pillow can be shown the same. */
record FormulaPicture(int width, int height) implements RgbSource {

  @Override
  public void read(int x, int y, int width, int height, byte[] rgb, int offset) {
    for (int i = 0; i < width * height; i++) {
      put(x + i % width, y + i / width, rgb, offset + 3 * i);
    }
  }

  private static void put(int x, int y, byte[] rgb, int to) {
    RasterRgb.put(rgb, to, x * 37 + y * 59 + x * y, x * x + y * 3, (x ^ y) * 85);
  }
}
