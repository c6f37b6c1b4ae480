package org.captionary.inference.vgg16;

import org.captionary.domain.photo.ContentHash;

/** Where VGG16's weights come from. Gives them in parts, as fc1's kernel alone is 411 MB. */
interface Vgg16Weights {

  /** What the weights are called, such as {@code untrained}. */
  String name();

  /** The {@link WeightsHash} of these weights, known without reading them. */
  ContentHash sha256();

  /**
   * Reads a part of a kernel.
   *
   * @param from the first element, in C order of {@link WeightedLayer#kernelShape()}
   * @param into filled from its first place to its last
   */
  void readKernel(WeightedLayer layer, int from, float[] into);

  /** One value for each of {@link WeightedLayer#outputs()}. */
  float[] bias(WeightedLayer layer);
}
