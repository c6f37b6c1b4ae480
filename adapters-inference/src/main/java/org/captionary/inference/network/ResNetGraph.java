package org.captionary.inference.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * ResNet50 of deeplearning4j's layers, channels last. The zoo's own is another network: it does not
 * pad before the first pooling and halves the size in the first stack too, so that its last places
 * are 4 x 4 (see {@link ResNet50} for Keras's).
 */
final class ResNetGraph {

  private final GraphBuilder graph = ZooGraphs.empty();

  private ResNetGraph() {}

  /** From 224 x 224 x 3 (blue, green, red) to the last block, 7 x 7 x 2048. */
  static ComputationGraphConfiguration whole() {
    return new ResNetGraph().build();
  }

  private ComputationGraphConfiguration build() {
    graph.setInputTypes(InputType.convolutional(224, 224, 3, CNN2DFormat.NHWC));
    String last = pool(convolve(ResNet50.stem(), "in", Activation.RELU));
    for (ResNet50.Block block : ResNet50.blocks()) {
      last = add(block, last);
    }
    return graph.setOutputs(last).build();
  }

  private String convolve(WeightedLayer layer, String from, Activation activation) {
    int padding = layer.size() / 2;
    ConvolutionLayer convolution =
        new ConvolutionLayer.Builder(layer.size(), layer.size())
            .stride(layer.stride(), layer.stride())
            .padding(padding, padding)
            .convolutionMode(ConvolutionMode.Truncate)
            .nIn(layer.inputs())
            .nOut(layer.outputs())
            .activation(activation)
            .build();
    graph.addLayer(layer.graphName(), ChannelsLastConvolution.of(convolution), from);
    return layer.graphName();
  }

  /** What is padded is 0, and nothing is less behind a ReLU. */
  private String pool(String from) {
    SubsamplingLayer pooling =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .convolutionMode(ConvolutionMode.Truncate)
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    graph.addLayer("pool1_pool", pooling, from);
    return "pool1_pool";
  }

  private String add(ResNet50.Block block, String from) {
    String shortcut =
        block.shortcut().map(layer -> convolve(layer, from, Activation.IDENTITY)).orElse(from);
    String reduced = convolve(block.reduce(), from, Activation.RELU);
    String middle = convolve(block.middle(), reduced, Activation.RELU);
    String expanded = convolve(block.expand(), middle, Activation.IDENTITY);
    String sum = block.name() + "_add";
    graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), shortcut, expanded);
    graph.addLayer(block.name() + "_out", new ActivationLayer(Activation.RELU), sum);
    return block.name() + "_out";
  }
}
