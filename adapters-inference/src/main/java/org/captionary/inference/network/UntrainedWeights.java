package org.captionary.inference.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.captionary.domain.photo.ContentHash;

/**
 * A deterministic filling, so that everything runs without a download. Element i of the layer at
 * place l is {@code (2u - 1) * sqrt(6 / fanIn)}, the bounds of He's uniform initialisation, with u
 * the top 53 bits of {@code splitmix64(l * 2^40 + i)} over 2^53; computed in double, rounded once.
 * Biases are 0; batch normalisations are as Keras makes them: gamma and variance 1, beta and mean
 * 0.
 */
final class UntrainedWeights {

  static final String NAME = "untrained";

  /** Fixed by the formula; a test adds them up again. */
  private static final Map<Architecture, ContentHash> SHA256 =
      Map.of(
          Architecture.VGG16,
          new ContentHash("d9cb2bbdc96c25ddada5eaa81e26b52aad3a63d46c7d6fe46369851d6505011e"),
          Architecture.VGG19,
          new ContentHash("985d6614f12f5b713884d03eeec02e46fd78af0ce26620595fdb3165891b1913"),
          Architecture.RESNET50,
          new ContentHash("31d81c35a753b4acb6beac4f8de96e771634f64836d1b6fe4d26290b12ada304"));

  private static final int PART = 1 << 16;

  private UntrainedWeights() {}

  static NetworkWeights of(Architecture architecture) {
    LayerValues values = new Formula(architecture);
    return new NetworkWeights(
        architecture,
        NAME,
        SHA256.get(architecture),
        architecture.isVgg() ? values : new Folded(values, normalizations(architecture)));
  }

  private static Map<WeightedLayer, Folded.Normalization> normalizations(Architecture of) {
    Map<WeightedLayer, Folded.Normalization> all = new HashMap<>();
    for (WeightedLayer layer : of.layers()) {
      float[] zeros = new float[layer.outputs()];
      float[] ones = new float[layer.outputs()];
      Arrays.fill(ones, 1);
      all.put(layer, new Folded.Normalization(ones, zeros, zeros, ones));
    }
    return all;
  }

  private record Formula(Architecture architecture) implements LayerValues {

    @Override
    public Set<WeightedLayer> layers() {
      return new TreeSet<>(architecture.layers());
    }

    @Override
    public void readKernel(WeightedLayer layer, int from, float[] into) {
      long first = ((long) layer.place() << 40) + from;
      double bound = Math.sqrt(6.0 / layer.fanIn());
      int parts = (into.length + PART - 1) / PART;
      IntStream.range(0, parts).parallel().forEach(part -> fill(part * PART, first, bound, into));
    }

    @Override
    public float[] bias(WeightedLayer layer) {
      return new float[layer.outputs()];
    }
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
