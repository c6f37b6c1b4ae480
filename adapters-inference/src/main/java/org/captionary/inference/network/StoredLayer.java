package org.captionary.inference.network;

/**
 * Where a file holds a layer, in Keras's C order as float32 without gaps.
 *
 * @param kernel byte at which the kernel begins
 * @param bias byte at which the bias begins
 */
record StoredLayer(long kernel, long bias) {}
