package org.captionary.inference.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Puts weights in Keras's order where a graph of DL4J expects them. */
final class GraphWeights {

  /** Rows of a dense kernel that are read at once: 8 MB. */
  private static final int ROWS = 512;

  private GraphWeights() {}

  static void set(ComputationGraph graph, Iterable<WeightedLayer> layers, NetworkWeights weights) {
    for (WeightedLayer layer : layers) {
      Layer target = graph.getLayer(layer.graphName());
      if (layer.isConvolution()) {
        setConvolution(target.getParam("W"), layer, weights);
      } else {
        setDense(target.getParam("W"), layer, weights);
      }
      try (INDArray bias = Nd4j.create(weights.bias(layer), new long[] {1, layer.outputs()}, 'c')) {
        target.getParam("b").assign(bias);
      }
    }
  }

  /** From height, width, inputs, outputs to outputs, inputs, height, width. */
  private static void setConvolution(INDArray target, WeightedLayer layer, NetworkWeights weights) {
    float[] kernel = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, kernel);
    long[] shape = {layer.size(), layer.size(), layer.inputs(), layer.outputs()};
    try (INDArray source = Nd4j.create(kernel, shape, 'c')) {
      target.assign(source.permute(3, 2, 0, 1));
    }
  }

  private static void setDense(INDArray target, WeightedLayer layer, NetworkWeights weights) {
    float[] part = new float[ROWS * layer.outputs()];
    for (int row = 0; row < layer.fanIn(); row += ROWS) {
      weights.readKernel(layer, row * layer.outputs(), part);
      try (INDArray source = Nd4j.create(part, new long[] {ROWS, layer.outputs()}, 'c')) {
        target.get(NDArrayIndex.interval(row, row + ROWS), NDArrayIndex.all()).assign(source);
      }
    }
  }
}
