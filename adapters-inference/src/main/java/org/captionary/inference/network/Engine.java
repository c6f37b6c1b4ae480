package org.captionary.inference.network;

import java.util.List;

/**
 * A network's arithmetic, float arrays in and out, channels last. Each method always computes one
 * shape: which kernel a library picks, and in which order it adds up, depends on the shapes that it
 * meets, and a photo's features must have the same bits in any company.
 *
 * <p>For one thread, the one that made it.
 */
interface Engine extends AutoCloseable {

  /**
   * How many photos the dense layers take at once; fewer cost as much, as weights are read once.
   */
  int DENSE_PHOTOS = 8;

  /** How many photos {@link #pool} takes at once; fewer cost as much. */
  int photos();

  /**
   * All up to the last places: convolutions, poolings and what is between them.
   *
   * @param input {@link #photos()} x 224 x 224 x 3: blue, green, red, the means taken off
   * @return {@link #photos()} x 7 x 7 x 512 (VGG's block5_pool) or 2048 (ResNet50's last block)
   */
  float[] pool(float[] input);

  /**
   * VGG's dense layers, whose weights are loaded at the first call.
   *
   * @param pooled {@value #DENSE_PHOTOS} x 25088, as {@link #pool} gives it
   * @return fc1 and fc2 after ReLU, each {@value #DENSE_PHOTOS} x 4096
   */
  List<float[]> dense(float[] pooled);

  /** Frees the native memory. */
  @Override
  void close();
}
