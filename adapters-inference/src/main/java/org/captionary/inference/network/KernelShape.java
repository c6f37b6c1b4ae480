package org.captionary.inference.network;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Compares the shape of what a file holds for a layer with what the network has there. */
final class KernelShape {

  private KernelShape() {}

  /**
   * @param part {@code kernel} or {@code bias}
   * @throws UnusableWeightsException naming file, layer and both shapes
   */
  static void require(Object file, WeightedLayer layer, String part, int[] expected, int[] found) {
    if (Arrays.equals(found, expected)) {
      return;
    }
    throw new UnusableWeightsException(
        "%s: the %s of %s is %s, but %s has %s there%s"
            .formatted(
                file,
                part,
                layer.kerasName(),
                text(found),
                layer.network(),
                text(expected),
                hint(found, expected)));
  }

  static String text(int... shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" x ", "(", ")"));
  }

  /** Theano's kernels have the outputs first, and are turned around besides. */
  private static String hint(int[] found, int[] expected) {
    boolean theano =
        found.length == 4
            && found[0] == expected[3]
            && found[1] == expected[2]
            && found[2] == expected[0];
    return theano
        ? " (this is Theano's order of a kernel; take the file whose name says tf_dim_ordering_tf_kernels)"
        : "";
  }
}
