package org.captionary.inference.photo;

import org.captionary.domain.photo.Pixels;

/**
 * Pillow's {@code Image.resize(size, NEAREST)} to VGG16's input size: {@code ImagingScaleAffine} in
 * {@code Geometry.c}, which starts at half a step and adds up steps in double, so that the rounding
 * is that of a sum and not of a product.
 */
final class NearestNeighbour {

  private NearestNeighbour() {}

  static Pixels resize(RgbSource source) {
    int[] xs = places(source.width(), Pixels.WIDTH);
    int[] ys = places(source.height(), Pixels.HEIGHT);
    byte[] rgb = new byte[Pixels.LENGTH];
    int to = 0;
    for (int y : ys) {
      for (int x : xs) {
        source.read(x, y, 1, 1, rgb, to);
        to += Pixels.CHANNELS;
      }
    }
    return new Pixels(rgb);
  }

  /** The source's place for each of the target's. */
  static int[] places(int sourceSize, int targetSize) {
    double step = (double) sourceSize / targetSize;
    double place = step * 0.5;
    int[] places = new int[targetSize];
    for (int i = 0; i < targetSize; i++) {
      places[i] = (int) place;
      place += step;
    }
    return places;
  }
}
