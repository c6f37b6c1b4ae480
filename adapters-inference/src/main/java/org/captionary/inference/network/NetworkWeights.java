package org.captionary.inference.network;

import java.util.Set;
import org.captionary.domain.photo.ContentHash;

/**
 * A network's weights, and what they are known by.
 *
 * @param name what they are called: {@code untrained}, {@code imagenet} or a file's name
 * @param sha256 the {@link WeightsHash} of these weights, known without reading them
 */
record NetworkWeights(
    Architecture architecture, String name, ContentHash sha256, LayerValues values)
    implements LayerValues {

  @Override
  public Set<WeightedLayer> layers() {
    return values.layers();
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    values.readKernel(layer, from, into);
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    return values.bias(layer);
  }
}
