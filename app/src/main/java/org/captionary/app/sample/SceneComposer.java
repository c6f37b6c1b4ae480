package org.captionary.app.sample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes up scenes. All lengths are parts of the shorter side, so that what is arranged fits into
 * any image, upright or wide: the largest sum is two large figures and a gap, 96 of 100.
 */
final class SceneComposer {

  private static final List<Arrangement> ARRANGEMENTS = List.of(Arrangement.values());
  private static final List<Background> BACKGROUNDS = List.of(Background.values());
  private static final List<Shape> SHAPES = List.of(Shape.values());
  private static final List<Shape> PEDESTALS =
      Arrays.stream(Shape.values()).filter(Shape::flatTop).toList();
  private static final List<Size> SIZES = List.of(Size.values());
  private static final List<Size> SIZES_IN_A_ROW = List.of(Size.SMALL, Size.MEDIUM);

  private final int width;
  private final int height;
  private final SplitMix64 random;
  private final Background background;
  private final int horizon;

  private SceneComposer(int width, int height, SplitMix64 random) {
    this.width = width;
    this.height = height;
    this.random = random;
    this.background = random.pick(BACKGROUNDS);
    this.horizon = height * random.between(60, 68) / 100;
  }

  /** A scene of the size, decided by the random numbers alone. */
  static Scene compose(int width, int height, SplitMix64 random) {
    return new SceneComposer(width, height, random).compose();
  }

  private Scene compose() {
    Arrangement arrangement = random.pick(ARRANGEMENTS);
    return new Scene(width, height, background, horizon, arrangement, figures(arrangement));
  }

  private List<Figure> figures(Arrangement arrangement) {
    return switch (arrangement) {
      case IN_AIR -> List.of(inAir(one(SIZES)));
      case ON_GROUND -> List.of(onGround(one(SIZES)));
      case LEFT_OF -> row(different(2, SIZES, SHAPES));
      case ABOVE -> column(different(2, SIZES, SHAPES));
      case ON_TOP -> pile(different(2, SIZES, PEDESTALS));
      case BETWEEN -> row(different(3, SIZES_IN_A_ROW, SHAPES));
      case ALIKE -> row(alike());
    };
  }

  private Figure one(List<Size> sizes) {
    return different(1, sizes, SHAPES).get(0);
  }

  /** Figures of different colours, not yet placed; the last one's shape is of the given ones. */
  private List<Figure> different(int count, List<Size> sizes, List<Shape> lastShapes) {
    List<Colour> colours = random.pick(count, Colour.visibleOn(background));
    return IntStream.range(0, count)
        .mapToObj(i -> figure(i < count - 1 ? SHAPES : lastShapes, colours.get(i), sizes))
        .toList();
  }

  private Figure figure(List<Shape> shapes, Colour colour, List<Size> sizes) {
    Size size = random.pick(sizes);
    int percent = random.between(size.smallestRadius(), size.largestRadius());
    return new Figure(random.pick(shapes), colour, size, 0, 0, Math.max(1, share(percent)));
  }

  private List<Figure> alike() {
    Figure figure = one(SIZES_IN_A_ROW);
    return List.of(figure, figure, figure);
  }

  private Figure inAir(Figure figure) {
    int gap = share(2);
    int room = figure.radius() + gap;
    return figure.at(somewhereAcross(figure), random.between(room, horizon - room));
  }

  private Figure onGround(Figure figure) {
    int foot = horizon + height * random.between(8, 20) / 100;
    return figure.at(somewhereAcross(figure), foot - figure.radius());
  }

  /** The middle of one of the three thirds, or about it. */
  private int somewhereAcross(Figure figure) {
    int room = figure.radius() + share(2);
    int nearest = random.between(room, Math.max(room, width * 28 / 100));
    return switch (random.below(3)) {
      case 0 -> nearest;
      case 1 -> width * random.between(46, 54) / 100;
      default -> width - 1 - nearest;
    };
  }

  private List<Figure> row(List<Figure> figures) {
    int gap = share(random.between(3, 6));
    int x = random.between(1, width - 1 - extent(figures, gap));
    int room = tallest(figures) + share(2);
    int y = random.between(room, height - 1 - room);
    Figure[] placed = new Figure[figures.size()];
    for (int i = 0; i < placed.length; i++) {
      Figure figure = figures.get(i);
      placed[i] = figure.at(x + figure.radius(), y);
      x += 2 * figure.radius() + gap;
    }
    return List.of(placed);
  }

  private List<Figure> column(List<Figure> figures) {
    int gap = share(random.between(4, 8));
    int top = random.between(1, height - 1 - extent(figures, gap));
    return stacked(figures, top, gap);
  }

  private List<Figure> pile(List<Figure> figures) {
    int extent = extent(figures, 0);
    int foot = Math.max(extent + 1, horizon + height * random.between(8, 20) / 100);
    return stacked(figures, foot - extent, 0);
  }

  private List<Figure> stacked(List<Figure> figures, int top, int gap) {
    Figure upper = figures.get(0);
    Figure lower = figures.get(1);
    int room = tallest(figures) + 1;
    int x = random.between(room, width - 1 - room);
    int lowerTop = top + 2 * upper.radius() + gap;
    return List.of(upper.at(x, top + upper.radius()), lower.at(x, lowerTop + lower.radius()));
  }

  private static int extent(List<Figure> figures, int gap) {
    return figures.stream().mapToInt(f -> 2 * f.radius()).sum() + gap * (figures.size() - 1);
  }

  private static int tallest(List<Figure> figures) {
    return figures.stream().mapToInt(Figure::radius).max().orElseThrow();
  }

  private int share(int percent) {
    return Math.min(width, height) * percent / 100;
  }
}
