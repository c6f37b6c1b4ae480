package org.captionary.domain.training;

/**
 * CRC-32 as ZIP has it, of bytes that are put together from parts: that of the whole follows from
 * those of the parts, without another pass over them (zlib's {@code crc32_combine}).
 */
public final class Checksum {

  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ONE = 1 << 31;
  private static final int X8 = 1 << 23;

  private Checksum() {}

  /**
   * That of one run of bytes with another behind it.
   *
   * @param second that of the second run
   * @param secondLength how many bytes the second has
   */
  public static long joined(long first, long second, long secondLength) {
    return (product(shift(secondLength), (int) first) ^ (int) second) & 0xffffffffL;
  }

  /** x^(8 length) modulo the polynomial: what so many more bytes multiply a checksum by. */
  static int shift(long length) {
    int result = ONE;
    int square = X8;
    for (long rest = length; rest > 0; rest >>>= 1) {
      result = (rest & 1) == 1 ? product(square, result) : result;
      square = product(square, square);
    }
    return result;
  }

  /** The product of two polynomials, the highest bit being the one of x^0. */
  static int product(int a, int b) {
    int result = 0;
    int factor = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        result ^= factor;
      }
      factor = (factor & 1) == 0 ? factor >>> 1 : factor >>> 1 ^ POLYNOMIAL;
    }
    return result;
  }
}
