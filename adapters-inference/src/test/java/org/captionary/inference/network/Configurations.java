package org.captionary.inference.network;

import java.util.List;

/** Configurations of DL4J graphs, as older versions wrote them. */
final class Configurations {

  private Configurations() {}

  /** Only what is read of it. */
  static String version09(List<WeightedLayer> layers) {
    StringBuilder vertices = new StringBuilder();
    StringBuilder inputs = new StringBuilder();
    String before = "input_1";
    for (WeightedLayer layer : layers) {
      if (layer.kerasName().equals("fc1")) {
        vertices.append(
            """
            "flatten": {"PreprocessorVertex": {"preProcessor": {"TensorFlowCnnToFeedForwardPreProcessor": {"inputHeight": 7}}}},""");
        inputs.append("\"flatten\": [\"%s\"],".formatted(before));
        before = "flatten";
      }
      vertices.append(vertex(layer)).append(',');
      inputs.append("\"%s\": [\"%s\"],".formatted(layer.kerasName(), before));
      before = layer.kerasName();
    }
    vertices.append(
        "\"end\": {\"LayerVertex\": {\"layerConf\": {\"layer\": {\"activation\": {}}}}}");
    inputs.append("\"end\": [\"%s\"]".formatted(before));
    return """
        {"networkInputs": ["input_1"], "vertices": {%s}, "vertexInputs": {%s}}"""
        .formatted(vertices, inputs);
  }

  private static String vertex(WeightedLayer layer) {
    int[] shape = layer.kernelShape();
    int inputs = shape[shape.length - 2];
    String kind =
        layer.isConvolution()
            ? "\"convolution\": {\"kernelSize\": [3, 3], \"nin\": %d, \"nout\": %d}"
            : "\"dense\": {\"nin\": %d, \"nout\": %d}";
    return "\"%s\": {\"LayerVertex\": {\"layerConf\": {\"layer\": {%s}}}}"
        .formatted(layer.kerasName(), kind.formatted(inputs, layer.outputs()));
  }
}
