package org.captionary.domain.training;

/**
 * A pseudorandom permutation of 0..size-1 that is computed place by place: a Feistel network over
 * the next even number of bits, walked until it comes back below the size (Black and Rogaway,
 * "Ciphers with Arbitrary Finite Domains", 2002).
 */
final class Permutation {

  private static final int ROUNDS = 8;

  /** Halves of fewer bits would give small sizes few of their permutations. */
  private static final int FEWEST_BITS = 8;

  private final long size;
  private final int half;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  /**
   * @param size 0 to 2^62
   * @param key another gives another permutation
   */
  Permutation(long size, long key) {
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, size - 1));
    this.half = (Math.max(FEWEST_BITS, bits) + 1) / 2;
    this.mask = (1L << half) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = Mix.mix(key + round);
    }
  }

  /**
   * What stands at a place.
   *
   * @param place 0 to size - 1
   */
  long at(long place) {
    if (place < 0 || place >= size) {
      throw new IllegalArgumentException("place " + place + " of " + size);
    }
    long value = network(place);
    while (value >= size) {
      value = network(value);
    }
    return value;
  }

  private long network(long value) {
    long left = value >>> half;
    long right = value & mask;
    for (long key : keys) {
      long mixed = left ^ Mix.mix(right + key) & mask;
      left = right;
      right = mixed;
    }
    return left << half | right;
  }
}
