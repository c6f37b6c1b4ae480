package org.captionary.inference.network;

import java.util.Arrays;

/**
 * A layer that holds weights, in its place in an {@link Architecture}. There is one object for
 * each.
 */
final class WeightedLayer implements Comparable<WeightedLayer> {

  private final String network;
  private final int place;
  private final String kerasName;
  private final String graphName;
  private final int stride;
  private final int[] kernelShape;

  /**
   * @param place from 0, in the order in which weights are numbered and hashed
   * @param graphName what deeplearning4j's graph calls it
   * @param stride of a convolution; 1 for others
   * @param kernelShape Keras's: height, width, inputs, outputs; or inputs, outputs
   */
  WeightedLayer(
      String network,
      int place,
      String kerasName,
      String graphName,
      int stride,
      int... kernelShape) {
    this.network = network;
    this.place = place;
    this.kerasName = kerasName;
    this.graphName = graphName;
    this.stride = stride;
    this.kernelShape = kernelShape;
  }

  /** What it belongs to, for messages. */
  String network() {
    return network;
  }

  int place() {
    return place;
  }

  String kerasName() {
    return kerasName;
  }

  String graphName() {
    return graphName;
  }

  int stride() {
    return stride;
  }

  boolean isConvolution() {
    return kernelShape.length == 4;
  }

  /** Keras's kernel shape: height, width, inputs, outputs; or inputs, outputs. */
  int[] kernelShape() {
    return kernelShape.clone();
  }

  /** Height and width of a convolution's kernel. */
  int size() {
    return kernelShape[0];
  }

  /** Channels of a convolution, or numbers, that come in. */
  int inputs() {
    return kernelShape[kernelShape.length - 2];
  }

  int outputs() {
    return kernelShape[kernelShape.length - 1];
  }

  /** How many numbers are added up for one output. */
  int fanIn() {
    return kernelLength() / outputs();
  }

  int kernelLength() {
    return Arrays.stream(kernelShape).reduce(1, Math::multiplyExact);
  }

  @Override
  public int compareTo(WeightedLayer other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return network + " " + kerasName;
  }
}
