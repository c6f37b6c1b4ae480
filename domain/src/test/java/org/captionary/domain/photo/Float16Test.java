package org.captionary.domain.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition of IEEE 754 binary16, written down a second time and slowly. */
final class Float16Test {

  private static final int INFINITY = 0x7c00;

  /** The values from zero up, each at the place of its bits; 2^16 in place of infinity. */
  private static final double[] VALUES =
      IntStream.rangeClosed(0, INFINITY).mapToDouble(Float16Test::defined).toArray();

  private static double defined(int bits) {
    int exponent = bits / 1024;
    int fraction = bits % 1024;
    return exponent == 0
        ? Math.pow(2, -14) * fraction / 1024
        : Math.pow(2, exponent - 15) * (1 + fraction / 1024.0);
  }

  /** The nearest of the values, and of two equally near ones that with an even last bit. */
  private static int nearest(double magnitude) {
    int found = Arrays.binarySearch(VALUES, magnitude);
    if (found >= 0) {
      return found;
    }
    int above = -found - 1;
    if (above == VALUES.length) {
      return INFINITY;
    }
    double toAbove = VALUES[above] - magnitude;
    double toBelow = magnitude - VALUES[above - 1];
    boolean up = toAbove == toBelow ? above % 2 == 0 : toAbove < toBelow;
    return up ? above : above - 1;
  }

  @Test
  void widensEveryHalfExactly() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int magnitude = bits & 0x7fff;
      double value = magnitude < INFINITY ? VALUES[magnitude] : Double.POSITIVE_INFINITY;
      float expected = (float) (magnitude > INFINITY ? Double.NaN : value);
      assertThat(Float16.widen((short) bits))
          .as("%x", bits)
          .isEqualTo(Float.valueOf(bits == magnitude ? expected : -expected));
    }
  }

  @Test
  void roundsEveryHalfToItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float widened = Float16.widen((short) bits);
      int expected = Float.isNaN(widened) ? 0x7e00 : bits & 0x7fff;
      assertThat(Float16.round(widened) & 0x7fff).as("%x", bits).isEqualTo(expected);
      if (!Float.isNaN(widened)) {
        assertThat(Float16.round(widened)).as("%x", bits).isEqualTo((short) bits);
      }
    }
  }

  /** Also beside the half-way points of subnormals, of powers of two, and below infinity. */
  @Test
  void roundsToNearestAroundEveryHalfAndEveryHalfWayPoint() {
    for (int bits = 0; bits < INFINITY; bits++) {
      roundsAround((float) VALUES[bits]);
      roundsAround((float) ((VALUES[bits] + VALUES[bits + 1]) / 2));
    }
  }

  private static void roundsAround(float value) {
    for (float near : new float[] {Math.nextDown(value), value, Math.nextUp(value)}) {
      if (near >= 0) {
        int expected = nearest(near);
        assertThat(Float16.round(near)).as("%s", near).isEqualTo((short) expected);
        assertThat(Float16.round(-near)).as("-%s", near).isEqualTo((short) (expected | 0x8000));
        assertThat(Float16.holds(near)).as("%s", near).isEqualTo(expected < INFINITY);
        assertThat(Float16.holds(-near)).as("-%s", near).isEqualTo(expected < INFINITY);
      }
    }
  }

  @Test
  void roundsFloatsOfEveryMagnitude() {
    for (int bits = 0; bits < 0x7f800000; bits += 9_973) {
      float value = Float.intBitsToFloat(bits);
      assertThat(Float16.round(value)).as("%s", value).isEqualTo((short) nearest(value));
    }
  }

  /** As {@code numpy.float16} of numpy 2.4.6 rounds the float32. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 2e66",
    "-0.1, ae66",
    "0.33333334, 3555",
    "1.0009765, 3c01",
    "1.00048828125, 3c00",
    "1.00146484375, 3c02",
    "2049, 6800",
    "2051, 6802",
    "3.1415927, 4248",
    "1e-7, 0002",
    "2.9802322e-8, 0000",
    "2.9802326e-8, 0001",
    "8.940697e-8, 0002",
    "6.1035156e-5, 0400",
    "6.1005353e-5, 0400",
    "6.1005350e-5, 03ff",
    "1.4e-45, 0000",
    "65504, 7bff",
    "65519.996, 7bff",
    "65520, 7c00",
    "-3.4028235e38, fc00",
    "-0.0, 8000",
    "Infinity, 7c00",
  })
  void roundsAsNumpyDoes(float value, String bits) {
    assertThat(String.format("%04x", Float16.round(value))).isEqualTo(bits);
  }

  @Test
  void keepsNaN() {
    assertThat(Float16.round(Float.NaN)).isEqualTo((short) 0x7e00);
    assertThat(Float16.round(Float.intBitsToFloat(0x7f800001))).isEqualTo((short) 0x7e00);
    assertThat(Float16.widen((short) 0x7c01)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void holdsWhatIsNotFinite(float value) {
    assertThat(Float16.holds(value)).isTrue();
  }
}
