package org.captionary.inference.photo;

import java.util.function.DoubleUnaryOperator;

/**
 * Which of the source's places, by which weights, make each of the target's along one axis: {@code
 * precompute_coeffs} and {@code normalize_coeffs_8bpc} of Pillow's {@code Resample.c}.
 */
final class ResampleAxis {

  /** Weights are whole numbers of 1 / 2^22. */
  private static final int PRECISION_BITS = 32 - 8 - 2;

  /** Where a sum begins that is to be rounded. */
  static final int HALF = 1 << (PRECISION_BITS - 1);

  private final ResampleFilter filter;
  private final int sourceSize;
  private final double scale;
  private final double filterScale;
  private final double support;

  ResampleAxis(ResampleFilter filter, int sourceSize, int targetSize) {
    this.filter = filter;
    this.sourceSize = sourceSize;
    // Pillow's box is of floats, which round sizes above 2^24.
    this.scale = (double) (float) sourceSize / targetSize;
    this.filterScale = Math.max(1, scale);
    this.support = filter.support() * filterScale;
  }

  /**
   * The source's places for one of the target's.
   *
   * @param first of the places
   * @param weights of this and the following places
   */
  record Window(int first, int[] weights) {

    /** The place behind the last. */
    int end() {
      return first + weights.length;
    }
  }

  Window window(int target) {
    double center = (target + 0.5) * scale;
    int first = Math.max(0, (int) (center - support + 0.5));
    int end = Math.min(sourceSize, (int) (center + support + 0.5));
    return new Window(first, weights(first, end, center));
  }

  private int[] weights(int first, int end, double center) {
    double perPlace = 1 / filterScale;
    DoubleUnaryOperator weight = filter.weight();
    double[] exact = new double[end - first];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      exact[i] = weight.applyAsDouble((i + first - center + 0.5) * perPlace);
      sum += exact[i];
    }
    int[] weights = new int[exact.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = fixed(sum == 0 ? exact[i] : exact[i] / sum);
    }
    return weights;
  }

  /** A sum of bytes by weights, cut off at 0 and 255. */
  static int toByte(int sum) {
    return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }

  private static int fixed(double weight) {
    return (int) ((weight < 0 ? -0.5 : 0.5) + weight * (1 << PRECISION_BITS));
  }
}
