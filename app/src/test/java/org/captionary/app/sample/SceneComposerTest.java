package org.captionary.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneComposerTest {

  private static final int SCENES = 2_000;

  @ParameterizedTest
  @CsvSource({"320, 240", "64, 64", "240, 320", "64, 4096", "4096, 64"})
  void figuresAreWholeAndApart(int width, int height) {
    scenes(width, height)
        .forEach(
            scene -> {
              assertThat(scene.figures()).allMatch(figure -> isInside(figure, scene));
              assertThat(overlaps(scene.figures())).as("%s", scene).isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource({"320, 240", "64, 64", "240, 320"})
  void figuresStandAsTheArrangementSays(int width, int height) {
    scenes(width, height).forEach(scene -> assertThat(holds(scene)).as("%s", scene).isTrue());
  }

  @Test
  void everythingOccurs() {
    Set<Arrangement> arrangements = EnumSet.noneOf(Arrangement.class);
    Set<Background> backgrounds = EnumSet.noneOf(Background.class);
    Set<Shape> shapes = EnumSet.noneOf(Shape.class);
    Set<Colour> colours = EnumSet.noneOf(Colour.class);
    scenes(320, 240)
        .forEach(
            scene -> {
              arrangements.add(scene.arrangement());
              backgrounds.add(scene.background());
              scene.figures().forEach(figure -> shapes.add(figure.shape()));
              scene.figures().forEach(figure -> colours.add(figure.colour()));
            });
    assertThat(arrangements).containsExactly(Arrangement.values());
    assertThat(backgrounds).containsExactly(Background.values());
    assertThat(shapes).containsExactly(Shape.values());
    assertThat(colours).containsExactly(Colour.values());
  }

  @Test
  void everyBackgroundShowsEnoughColours() {
    assertThat(Background.values())
        .allSatisfy(background -> assertThat(Colour.visibleOn(background)).hasSizeBetween(4, 9));
  }

  @Test
  void namesAreNotInTheOrderOfScenes() {
    List<SamplePhoto> byName =
        IntStream.range(0, SCENES)
            .mapToObj(i -> SamplePhoto.of(1, i, 320, 240))
            .sorted((a, b) -> a.fileName().compareTo(b.fileName()))
            .toList();
    for (Arrangement arrangement : Arrangement.values()) {
      double mean =
          IntStream.range(0, SCENES)
              .filter(i -> byName.get(i).scene().arrangement() == arrangement)
              .average()
              .orElseThrow();
      assertThat(mean / SCENES).isBetween(0.4, 0.6);
    }
  }

  private static Stream<Scene> scenes(int width, int height) {
    return IntStream.range(0, SCENES).mapToObj(i -> SamplePhoto.of(1, i, width, height).scene());
  }

  private static boolean isInside(Figure figure, Scene scene) {
    return figure.left() >= 0
        && figure.top() >= 0
        && figure.right() <= scene.width()
        && figure.bottom() <= scene.height();
  }

  private static boolean overlaps(List<Figure> figures) {
    return figures.stream().anyMatch(a -> figures.stream().anyMatch(b -> a != b && overlap(a, b)));
  }

  private static boolean overlap(Figure a, Figure b) {
    return a.left() < b.right()
        && b.left() < a.right()
        && a.top() < b.bottom()
        && b.top() < a.bottom();
  }

  private static boolean holds(Scene scene) {
    Figure a = scene.first();
    return switch (scene.arrangement()) {
      case IN_AIR -> a.bottom() < scene.horizon();
      case ON_GROUND -> a.bottom() > scene.horizon();
      case LEFT_OF -> a.right() < scene.second().left() && a.y() == scene.second().y();
      case ABOVE -> a.bottom() < scene.second().top() && a.x() == scene.second().x();
      case ON_TOP ->
          a.bottom() == scene.second().top()
              && scene.second().shape().flatTop()
              && scene.second().bottom() > scene.horizon();
      case BETWEEN, ALIKE ->
          a.right() < scene.second().left() && scene.second().right() < scene.third().left();
    };
  }
}
