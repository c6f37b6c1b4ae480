package org.captionary.inference.network;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Two graphs cut out of deeplearning4j-zoo's VGG16 or VGG19: its layers as the zoo configures them,
 * but channels last, as oneDNN and Keras have them. The dense part is a graph of its own, so that
 * its 477 MB are only there when asked for, and nothing stands between the last pooling and what is
 * kept of it.
 */
final class ZooGraphs {

  /** ImageNet's; the softmax layer is cut off, but configured before. */
  private static final int CLASSES = 1000;

  private ZooGraphs() {}

  /** From 224 x 224 x 3 (blue, green, red) to block5_pool, 7 x 7 x 512. */
  static ComputationGraphConfiguration convolutions(Architecture architecture) {
    List<WeightedLayer> convolutions = architecture.convolutions();
    int lastPooling = number(convolutions.get(convolutions.size() - 1)) + 1;
    GraphBuilder graph = chain(zoo(architecture), 0, lastPooling);
    graph.setInputTypes(InputType.convolutional(224, 224, 3, CNN2DFormat.NHWC));
    return graph.setOutputs(Integer.toString(lastPooling)).build();
  }

  /**
   * From block5_pool's 25088 values to fc1 and fc2, 4096 each. VGG16's for both networks, as the
   * zoo's VGG19 lacks fc2.
   */
  static ComputationGraphConfiguration dense() {
    List<WeightedLayer> layers = Architecture.VGG16.dense();
    GraphBuilder graph =
        chain(zoo(Architecture.VGG16), number(layers.get(0)), number(layers.get(1)));
    graph.setInputTypes(InputType.feedForward(layers.get(0).fanIn()));
    List<String> outputs = layers.stream().map(WeightedLayer::graphName).toList();
    return graph.setOutputs(outputs.toArray(String[]::new)).build();
  }

  /** The zoo's numbers count poolings too. */
  private static int number(WeightedLayer layer) {
    return Integer.parseInt(layer.graphName());
  }

  private static ComputationGraphConfiguration zoo(Architecture architecture) {
    return architecture == Architecture.VGG16
        ? VGG16
            .builder()
            .numClasses(CLASSES)
            .cacheMode(CacheMode.NONE)
            .workspaceMode(WorkspaceMode.ENABLED)
            .build()
            .conf()
        : VGG19
            .builder()
            .numClasses(CLASSES)
            .cacheMode(CacheMode.NONE)
            .workspaceMode(WorkspaceMode.ENABLED)
            .build()
            .conf();
  }

  /** A float32 graph with its input, {@code in}, and no layer yet. */
  static GraphBuilder empty() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.FLOAT)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder()
        .addInputs("in");
  }

  private static GraphBuilder chain(ComputationGraphConfiguration zoo, int first, int last) {
    GraphBuilder graph = empty();
    for (int i = first; i <= last; i++) {
      String before = i == first ? "in" : Integer.toString(i - 1);
      graph.addLayer(Integer.toString(i), channelsLast(layer(zoo, i)), before);
    }
    return graph;
  }

  private static Layer layer(ComputationGraphConfiguration zoo, int number) {
    LayerVertex vertex = (LayerVertex) zoo.getVertices().get(Integer.toString(number));
    return vertex.getLayerConf().getLayer().clone();
  }

  private static Layer channelsLast(Layer layer) {
    if (layer instanceof ConvolutionLayer convolution) {
      return ChannelsLastConvolution.of(convolution);
    }
    if (layer instanceof SubsamplingLayer pooling) {
      pooling.setCnn2dDataFormat(CNN2DFormat.NHWC);
    }
    return layer;
  }
}
