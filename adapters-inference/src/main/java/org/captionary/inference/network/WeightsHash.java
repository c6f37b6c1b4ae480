package org.captionary.inference.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.TreeSet;
import org.captionary.domain.photo.ContentHash;

/**
 * The SHA-256 that names a set of weights: over the layers of {@link WeightedLayer} in order, as
 * far as they are there, each layer's kernel in Keras's C order and then its bias, as little-endian
 * float32.
 */
final class WeightsHash {

  private static final int PART = 1 << 20;

  private WeightsHash() {}

  static ContentHash of(LayerValues weights) {
    MessageDigest digest = ContentHash.newDigest();
    for (WeightedLayer layer : new TreeSet<>(weights.layers())) {
      for (int from = 0; from < layer.kernelLength(); from += PART) {
        float[] part = new float[Math.min(PART, layer.kernelLength() - from)];
        weights.readKernel(layer, from, part);
        update(digest, part);
      }
      update(digest, weights.bias(layer));
    }
    return ContentHash.ofDigest(digest.digest());
  }

  private static void update(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes.array());
  }
}
