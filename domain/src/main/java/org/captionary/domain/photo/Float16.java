package org.captionary.domain.photo;

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
final class Float16 {

  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int NAN = 0x7e00;

  private static final float SMALLEST_NORMAL = 0x1p-14f;

  /** The exponent biases' difference. */
  private static final int REBIAS = 127 - 15;

  /** The bits of float32's fraction that have no place. */
  private static final int DROPPED = 23 - 10;

  private Float16() {}

  /**
   * To nearest, ties to even. From 65520 on, which is half-way from the largest, 65504, to where
   * the next would be, finite values become infinite. A NaN becomes the quiet one of its sign.
   */
  static short round(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
    return (short) (sign | roundMagnitude(Math.abs(value)));
  }

  private static int roundMagnitude(float value) {
    if (Float.isNaN(value)) {
      return NAN;
    }
    if (value < SMALLEST_NORMAL) {
      // One that rounds up to 1024 steps of 2^-24 has become the smallest normal, as it should.
      return (int) Math.rint(value * 0x1p24f);
    }
    int bits = Float.floatToRawIntBits(value) - (REBIAS << 23);
    int odd = bits >>> DROPPED & 1;
    int justBelowHalf = (1 << DROPPED - 1) - 1;
    return Math.min(bits + justBelowHalf + odd >>> DROPPED, INFINITY);
  }

  /** Exact. */
  static float widen(short half) {
    float widened = widenMagnitude(half & 0x7fff);
    return half < 0 ? -widened : widened;
  }

  private static float widenMagnitude(int half) {
    if (half > INFINITY) {
      return Float.NaN;
    }
    if (half == INFINITY) {
      return Float.POSITIVE_INFINITY;
    }
    return half < 1 << 10
        ? half * 0x1p-24f
        : Float.intBitsToFloat((half << DROPPED) + (REBIAS << 23));
  }

  /** Whether rounding leaves finite what is finite. */
  static boolean holds(float value) {
    return !Float.isFinite(value) || Math.abs(value) < 65_520;
  }
}
