package org.captionary.inference.vgg16;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.captionary.domain.photo.ContentHash;

/**
 * A deterministic filling, so that everything runs without a download. Element i of layer l is
 * {@code (2u - 1) * sqrt(6 / fanIn)}, the bounds of He's uniform initialisation, with u the top 53
 * bits of {@code splitmix64(l * 2^40 + i)} over 2^53; computed in double, rounded once. Biases are
 * 0.
 */
final class UntrainedWeights implements Vgg16Weights {

  static final String NAME = "untrained";

  /** Fixed by the formula; a test adds it up again. */
  private static final ContentHash SHA256 =
      new ContentHash("d9cb2bbdc96c25ddada5eaa81e26b52aad3a63d46c7d6fe46369851d6505011e");

  private static final int PART = 1 << 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ContentHash sha256() {
    return SHA256;
  }

  @Override
  public Set<WeightedLayer> layers() {
    return EnumSet.allOf(WeightedLayer.class);
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    long first = ((long) layer.ordinal() << 40) + from;
    double bound = Math.sqrt(6.0 / layer.fanIn());
    int parts = (into.length + PART - 1) / PART;
    IntStream.range(0, parts).parallel().forEach(part -> fill(part * PART, first, bound, into));
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    return new float[layer.outputs()];
  }

  private static void fill(int start, long first, double bound, float[] into) {
    int end = Math.min(start + PART, into.length);
    for (int i = start; i < end; i++) {
      double u = (splitmix64(first + i) >>> 11) * 0x1p-53;
      into[i] = (float) ((2 * u - 1) * bound);
    }
  }

  /** Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators". */
  private static long splitmix64(long seed) {
    long x = seed + 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}
