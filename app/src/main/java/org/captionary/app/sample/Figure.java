package org.captionary.app.sample;

/**
 * One drawn shape.
 *
 * @param x its middle, pixels from the left
 * @param y its middle, pixels from the top
 * @param radius half its height and width, in pixels, at least 1
 */
record Figure(Shape shape, Colour colour, Size size, int x, int y, int radius) {

  Figure at(int newX, int newY) {
    return new Figure(shape, colour, size, newX, newY, radius);
  }

  /** Whether the middle of a pixel belongs to it; {@code px}, {@code py} in pixels. */
  boolean covers(double px, double py) {
    double dx = (px - x) / radius;
    double dy = (py - y) / radius;
    return Math.abs(dx) <= 1 && Math.abs(dy) <= 1 && shape.covers(dx, dy);
  }

  int left() {
    return x - radius;
  }

  int right() {
    return x + radius;
  }

  int top() {
    return y - radius;
  }

  int bottom() {
    return y + radius;
  }
}
