package org.captionary.app.sample;

import java.util.List;

/**
 * What a photo shows: enough to draw it and to describe it.
 *
 * @param width pixels
 * @param height pixels
 * @param horizon the first row of the ground, pixels from the top
 * @param figures in the order that the arrangement names them; none overlaps another or the edge
 */
record Scene(
    int width,
    int height,
    Background background,
    int horizon,
    Arrangement arrangement,
    List<Figure> figures) {

  /** A third of the photo, across. */
  enum Side {
    LEFT,
    MIDDLE,
    RIGHT
  }

  Scene {
    figures = List.copyOf(figures);
  }

  Figure first() {
    return figures.get(0);
  }

  Figure second() {
    return figures.get(1);
  }

  Figure third() {
    return figures.get(2);
  }

  /** The third of the photo that a figure's middle is in. */
  Side side(Figure figure) {
    return Side.values()[figure.x() * Side.values().length / width];
  }
}
