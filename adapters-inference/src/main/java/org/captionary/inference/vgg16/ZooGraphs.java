package org.captionary.inference.vgg16;

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
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Two graphs cut out of deeplearning4j-zoo's VGG16: its layers as the zoo configures them, but
 * channels last, as oneDNN and Keras have them. The dense part is a graph of its own, so that its
 * 477 MB are only there when asked for, and nothing stands between the last pooling and what is
 * kept of it.
 */
final class ZooGraphs {

  /** The zoo's name for block5_pool. */
  private static final int LAST_POOLING = 17;

  /** ImageNet's; the softmax layer is cut off, but configured before. */
  private static final int CLASSES = 1000;

  private static final int FC1 = 18;
  private static final int FC2 = 19;

  private ZooGraphs() {}

  /** From 224 x 224 x 3 (blue, green, red) to block5_pool, 7 x 7 x 512. */
  static ComputationGraphConfiguration convolutions() {
    GraphBuilder graph = chain(0, LAST_POOLING);
    graph.setInputTypes(InputType.convolutional(224, 224, 3, CNN2DFormat.NHWC));
    return graph.setOutputs(Integer.toString(LAST_POOLING)).build();
  }

  /** From block5_pool's 25088 values to fc1 and fc2, 4096 each. */
  static ComputationGraphConfiguration dense() {
    GraphBuilder graph = chain(FC1, FC2);
    graph.setInputTypes(InputType.feedForward(WeightedLayer.FC1.fanIn()));
    List<String> outputs = WeightedLayer.dense().stream().map(WeightedLayer::zooName).toList();
    return graph.setOutputs(outputs.toArray(String[]::new)).build();
  }

  private static GraphBuilder chain(int first, int last) {
    ComputationGraphConfiguration zoo =
        VGG16
            .builder()
            .numClasses(CLASSES)
            .cacheMode(CacheMode.NONE)
            .workspaceMode(WorkspaceMode.ENABLED)
            .build()
            .conf();
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs("in");
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
      convolution.setCnn2dDataFormat(CNN2DFormat.NHWC);
    } else if (layer instanceof SubsamplingLayer pooling) {
      pooling.setCnn2dDataFormat(CNN2DFormat.NHWC);
    }
    return layer;
  }
}
