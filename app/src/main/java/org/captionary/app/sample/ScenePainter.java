package org.captionary.app.sample;

/**
 * Draws a scene into an array of {@code 0xRRGGBB} pixels, row by row from the top.
 *
 * <p>Not Java2D: its smoothing of edges may differ from one JDK to the next, and with it the bytes.
 */
final class ScenePainter {

  /** A pixel of a figure's edge is looked at in this many places, both ways. */
  private static final int SUBPIXELS = 3;

  private static final int GRAIN = 6;
  private static final int STARS_PER_MILLE = 2;
  private static final int STAR_COLOUR = 0xC8C8B4;

  private final Scene scene;
  private final SplitMix64 random;
  private final int[] pixels;

  private ScenePainter(Scene scene, SplitMix64 random) {
    this.scene = scene;
    this.random = random;
    this.pixels = new int[scene.width() * scene.height()];
  }

  /** The scene's pixels; the random numbers give the grain of the background. */
  static int[] paint(Scene scene, SplitMix64 random) {
    ScenePainter painter = new ScenePainter(scene, random);
    painter.paintBackground();
    scene.figures().forEach(painter::paint);
    return painter.pixels;
  }

  private void paintBackground() {
    for (int y = 0; y < scene.height(); y++) {
      int colour = y < scene.horizon() ? skyAt(y) : groundAt(y);
      for (int x = 0; x < scene.width(); x++) {
        pixels[y * scene.width() + x] = grained(colour, y);
      }
    }
  }

  private int skyAt(int y) {
    Background background = scene.background();
    return Rgb.blend(background.skyTop(), background.skyBottom(), y, scene.horizon());
  }

  private int groundAt(int y) {
    Background background = scene.background();
    int depth = y - scene.horizon();
    int colour =
        Rgb.blend(
            background.groundTop(),
            background.groundBottom(),
            depth,
            scene.height() - scene.horizon());
    return background == Background.SEA ? Rgb.lighten(colour, wave(depth)) : colour;
  }

  /** Bands of light and shade, as on water. */
  private static int wave(int depth) {
    return depth % 12 < 3 ? 14 : 0;
  }

  private int grained(int colour, int y) {
    boolean star =
        scene.background() == Background.NIGHT
            && y < scene.horizon()
            && random.below(1000) < STARS_PER_MILLE;
    return star ? STAR_COLOUR : Rgb.lighten(colour, random.between(-GRAIN, GRAIN));
  }

  private void paint(Figure figure) {
    for (int y = figure.top(); y < figure.bottom(); y++) {
      for (int x = figure.left(); x < figure.right(); x++) {
        int at = y * scene.width() + x;
        int covered = coverage(figure, x, y);
        pixels[at] = Rgb.blend(pixels[at], figure.colour().rgb(), covered, SUBPIXELS * SUBPIXELS);
      }
    }
  }

  private static int coverage(Figure figure, int x, int y) {
    int covered = 0;
    for (int i = 0; i < SUBPIXELS * SUBPIXELS; i++) {
      double px = x + (i % SUBPIXELS + 0.5) / SUBPIXELS;
      double py = y + (i / SUBPIXELS + 0.5) / SUBPIXELS;
      covered += figure.covers(px, py) ? 1 : 0;
    }
    return covered;
  }
}
