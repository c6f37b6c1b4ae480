package org.captionary.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Looks into decoded photos: what the scene, and so the caption, names is there to be seen. */
class SamplePhotoTest {

  private static final int PHOTOS = 300;

  /** What JPEG may change of an even surface: a few steps of 256. */
  private static final double JPEG_LOSS = 24;

  @Test
  void eachFigureHasItsColourAtItsPlace() throws IOException {
    for (int i = 0; i < PHOTOS; i++) {
      SamplePhoto photo = SamplePhoto.of(1, i, 320, 240);
      BufferedImage image = decoded(photo);
      for (Figure figure : photo.scene().figures()) {
        int seen = image.getRGB(figure.x(), figure.y());
        assertThat(nearest(seen)).as("%s", photo).isEqualTo(figure.colour());
        assertThat(Rgb.distance(seen, figure.colour().rgb())).isLessThan(JPEG_LOSS);
      }
    }
  }

  @Test
  void skyIsAboveGround() throws IOException {
    for (int i = 0; i < PHOTOS; i++) {
      SamplePhoto photo = SamplePhoto.of(2, i, 320, 240);
      BufferedImage image = decoded(photo);
      Background background = photo.scene().background();
      assertThat(meanDistance(image, 1, background.skyTop())).isLessThan(JPEG_LOSS);
      assertThat(meanDistance(image, 238, background.groundBottom())).isLessThan(JPEG_LOSS);
    }
  }

  @Test
  void theCornersOfACircleAreNotPainted() throws IOException {
    assertThat(Shape.CIRCLE.covers(-0.9, -0.9)).isFalse();
    assertThat(Shape.SQUARE.covers(-0.9, -0.9)).isTrue();
    assertThat(Shape.DIAMOND.covers(0.6, 0.6)).isFalse();
    assertThat(Shape.TRIANGLE.covers(-0.9, 0.95)).isTrue();
    assertThat(Shape.TRIANGLE.covers(-0.9, -0.95)).isFalse();
    assertThat(Shape.CROSS.covers(0.9, 0)).isTrue();
    assertThat(Shape.CROSS.covers(0.9, 0.9)).isFalse();
    assertThat(Shape.HEART.covers(0, 0.9)).isTrue();
    assertThat(Shape.HEART.covers(0, -0.9)).isFalse();
  }

  @Test
  void aStarHasFiveTips() {
    assertThat(Shape.STAR.covers(0, -0.95)).isTrue();
    assertThat(Shape.STAR.covers(0.9, -0.23)).isTrue();
    assertThat(Shape.STAR.covers(-0.9, -0.23)).isTrue();
    assertThat(Shape.STAR.covers(0.58, 0.93)).isTrue();
    assertThat(Shape.STAR.covers(-0.58, 0.93)).isTrue();
    assertThat(Shape.STAR.covers(0, 0.9)).isFalse();
    assertThat(Shape.STAR.covers(0.6, -0.7)).isFalse();
  }

  @Test
  void everyShapeIsFilledInTheMiddle() {
    assertThat(Shape.values()).allMatch(shape -> shape.covers(0, 0));
  }

  /** Over a row, but for the pixels a figure or a star may take. */
  private static double meanDistance(BufferedImage image, int y, int colour) {
    double[] distances = new double[image.getWidth()];
    Arrays.setAll(distances, x -> Rgb.distance(image.getRGB(x, y), colour));
    Arrays.sort(distances);
    return Arrays.stream(distances).limit(distances.length / 4).average().orElseThrow();
  }

  private static Colour nearest(int rgb) {
    return Arrays.stream(Colour.values())
        .min(Comparator.comparingDouble(colour -> Rgb.distance(rgb, colour.rgb())))
        .orElseThrow();
  }

  private static BufferedImage decoded(SamplePhoto photo) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(photo.jpeg()));
  }
}
