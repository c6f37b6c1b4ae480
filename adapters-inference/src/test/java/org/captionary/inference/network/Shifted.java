package org.captionary.inference.network;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The untrained weights, each layer's a little off, with biases that count up. */
record Shifted(List<WeightedLayer> held) implements LayerValues {

  private static final NetworkWeights UNTRAINED = UntrainedWeights.of(Architecture.VGG16);

  @Override
  public Set<WeightedLayer> layers() {
    return new TreeSet<>(held);
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    UNTRAINED.readKernel(layer, from, into);
    for (int i = 0; i < into.length; i++) {
      into[i] += 0.001f / (1 + layer.place());
    }
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    float[] bias = new float[layer.outputs()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (i - 20) / 1000f;
    }
    return bias;
  }
}
