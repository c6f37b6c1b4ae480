package org.captionary.inference.network;

import java.util.Map;
import java.util.Set;

/**
 * Convolutions with the batch normalisation behind each put into kernel and bias, as it is a scale
 * and a shift of each output once it is learned. Computed in double and rounded once.
 *
 * @param normalizations of each layer
 */
record Folded(LayerValues convolutions, Map<WeightedLayer, Normalization> normalizations)
    implements LayerValues {

  /** Keras's in ResNet50. */
  static final double EPSILON = 1.001e-5;

  /** One value for each output. */
  record Normalization(float[] gamma, float[] beta, float[] mean, float[] variance) {

    double scale(int output) {
      return gamma[output] / Math.sqrt(variance[output] + EPSILON);
    }
  }

  @Override
  public Set<WeightedLayer> layers() {
    return convolutions.layers();
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    convolutions.readKernel(layer, from, into);
    double[] scales = scales(layer);
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) (into[i] * scales[(from + i) % scales.length]);
    }
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    float[] bias = convolutions.bias(layer);
    double[] scales = scales(layer);
    Normalization normalization = normalizations.get(layer);
    for (int i = 0; i < bias.length; i++) {
      double shifted = ((double) bias[i] - normalization.mean()[i]) * scales[i];
      bias[i] = (float) (shifted + normalization.beta()[i]);
    }
    return bias;
  }

  private double[] scales(WeightedLayer layer) {
    double[] scales = new double[layer.outputs()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = normalizations.get(layer).scale(i);
    }
    return scales;
  }
}
