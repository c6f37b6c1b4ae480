package org.captionary.inference.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph with its weights in native memory. Closes what it makes: the garbage collector sees only
 * small objects and frees native memory far too late.
 */
final class LoadedGraph implements AutoCloseable {

  /** The graph itself only hands out views, which cannot be closed. */
  private final INDArray parameters;

  private final ComputationGraph graph;

  /** Spares the drawing of random weights that are overwritten at once. */
  LoadedGraph(
      ComputationGraphConfiguration conf, Iterable<WeightedLayer> layers, NetworkWeights weights) {
    long length = conf.getVertices().values().stream().mapToLong(v -> v.numParams(true)).sum();
    parameters = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    graph = new ComputationGraph(conf);
    graph.init(parameters, false);
    NativeEngine.requireOneDnn(graph);
    GraphWeights.set(graph, layers, weights);
  }

  /** Each output of the graph in C order. */
  List<float[]> run(float[] input, long... shape) {
    List<float[]> values = new ArrayList<>();
    try (INDArray array = Nd4j.create(input, shape, 'c')) {
      for (INDArray output : graph.output(array)) {
        try (output) {
          values.add(inOrder(output));
        }
      }
    }
    return values;
  }

  private static float[] inOrder(INDArray output) {
    if (output.ordering() == 'c' && !output.isView()) {
      return output.data().asFloat();
    }
    try (INDArray copy = output.dup('c')) {
      return copy.data().asFloat();
    }
  }

  @Override
  public void close() {
    parameters.close();
  }
}
