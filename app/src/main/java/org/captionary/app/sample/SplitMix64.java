package org.captionary.app.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Sebastiano Vigna's splitmix64: the same numbers on any JDK, from any starting point at once.
 *
 * <p>Each photo has a generator of its own, so that a photo does not depend on those before it.
 */
final class SplitMix64 {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  /** The generator of one photo; seed and number are mixed, so that neighbours share nothing. */
  static SplitMix64 ofPhoto(long seed, int photo) {
    return new SplitMix64(mix(mix(seed + GAMMA) ^ photo));
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform enough for drawing: 0 to {@code bound - 1}, from the top 31 bits. */
  int below(int bound) {
    return (int) ((nextLong() >>> 33) * bound >>> 31);
  }

  /** From {@code low} to {@code high}, both included; {@code low} if the range is empty. */
  int between(int low, int high) {
    return low + below(Math.max(1, high - low + 1));
  }

  boolean flip() {
    return nextLong() < 0;
  }

  <T> T pick(List<T> values) {
    return values.get(below(values.size()));
  }

  /** {@code count} different elements, in random order. */
  <T> List<T> pick(int count, List<T> values) {
    List<T> rest = new ArrayList<>(values);
    List<T> picked = new ArrayList<>(count);
    while (picked.size() < count) {
      picked.add(rest.remove(below(rest.size())));
    }
    return picked;
  }

  static long mix(long x) {
    long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
