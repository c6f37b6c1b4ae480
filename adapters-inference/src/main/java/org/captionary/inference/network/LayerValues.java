package org.captionary.inference.network;

import java.util.Set;

/** The values of a network's weights. Given in parts, as fc1's kernel alone is 411 MB. */
interface LayerValues {

  /** The layers that there are values for: all of them, or the convolutions alone. */
  Set<WeightedLayer> layers();

  /**
   * Reads a part of a kernel.
   *
   * @param layer one of {@link #layers()}
   * @param from the first element, in C order of {@link WeightedLayer#kernelShape()}
   * @param into filled from its first place to its last
   */
  void readKernel(WeightedLayer layer, int from, float[] into);

  /** One value for each of {@link WeightedLayer#outputs()}. */
  float[] bias(WeightedLayer layer);
}
