package org.captionary.inference.photo;

import java.util.function.DoubleUnaryOperator;
import org.captionary.domain.photo.Resize;

/**
 * The filters of Pillow's {@code Resample.c}.
 *
 * @param support how far the filter reaches to each side, in pixels of the target
 */
record ResampleFilter(double support, DoubleUnaryOperator weight) {

  private static final double BICUBIC_A = -0.5;

  /** {@link Resize#NEAREST} is no filter. */
  static ResampleFilter of(Resize resize) {
    return switch (resize) {
      case BOX -> new ResampleFilter(0.5, ResampleFilter::box);
      case BILINEAR -> new ResampleFilter(1, ResampleFilter::bilinear);
      case HAMMING -> new ResampleFilter(1, ResampleFilter::hamming);
      case BICUBIC -> new ResampleFilter(2, ResampleFilter::bicubic);
      case LANCZOS -> new ResampleFilter(3, ResampleFilter::lanczos);
      case NEAREST -> throw new IllegalArgumentException("nearest is no filter");
    };
  }

  private static double box(double x) {
    return x > -0.5 && x <= 0.5 ? 1 : 0;
  }

  private static double bilinear(double x) {
    return Math.max(0, 1 - Math.abs(x));
  }

  private static double hamming(double x) {
    double distance = Math.abs(x);
    if (distance >= 1) {
      return 0;
    }
    return sinc(distance) * (0.54f + 0.46f * Math.cos(distance * Math.PI));
  }

  private static double bicubic(double x) {
    double distance = Math.abs(x);
    if (distance < 1) {
      return ((BICUBIC_A + 2) * distance - (BICUBIC_A + 3)) * distance * distance + 1;
    }
    if (distance < 2) {
      return (((distance - 5) * distance + 8) * distance - 4) * BICUBIC_A;
    }
    return 0;
  }

  private static double lanczos(double x) {
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
