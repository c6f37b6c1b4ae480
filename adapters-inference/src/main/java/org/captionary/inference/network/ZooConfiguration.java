package org.captionary.inference.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What a {@code configuration.json} of DL4J, of any version since 0.7, says of a VGG16 or VGG19.
 * Vertices may have any names: the zoo's own are numbers, its ImageNet file has Keras's. They
 * follow each other in a chain; those with weights must have its shapes.
 *
 * @param layers that it has weights for, in the order in which they are stored
 * @param channelsFirst whether fc1's inputs come in order channel, height, width, as DL4J flattens;
 *     else height, width, channel, as models imported from Keras do
 */
record ZooConfiguration(List<WeightedLayer> layers, boolean channelsFirst) {

  private static final String KERAS_FLATTENING = "TensorFlowCnnToFeedForwardPreProcessor";

  /** Of the class, and in short in older files. */
  private static final List<String> FLATTENING =
      List.of("CnnToFeedForwardPreProcessor", "\"cnnToFeedForward\"");

  /**
   * @throws UnusableWeightsException if it is not that network, naming layer, expected and found
   *     shape
   */
  static ZooConfiguration read(Architecture architecture, Path file, InputStream json)
      throws IOException {
    return new Reader(architecture, file).read(new ObjectMapper().readTree(json));
  }

  private static final class Reader {

    private final Architecture architecture;
    private final Path file;

    private Reader(Architecture architecture, Path file) {
      this.architecture = architecture;
      this.file = file;
    }

    private ZooConfiguration read(JsonNode graph) {
      List<JsonNode> vertices = chain(graph);
      List<JsonNode> weighted = vertices.stream().filter(v -> v.findValue("nin") != null).toList();
      List<WeightedLayer> layers =
          hasTop(weighted) ? architecture.layers() : architecture.convolutions();
      requireShapes(layers, weighted);
      return new ZooConfiguration(
          layers, layers.containsAll(architecture.dense()) && isChannelsFirst(vertices));
    }

    /** From the input on, each vertex behind the one that it takes its input from. */
    private List<JsonNode> chain(JsonNode graph) {
      JsonNode vertices = graph.path("vertices");
      JsonNode inputs = graph.path("vertexInputs");
      List<JsonNode> chain = new ArrayList<>();
      String at = graph.path("networkInputs").path(0).asText();
      for (int i = 0; i < vertices.size(); i++) {
        at = next(inputs, at);
        chain.add(vertices.path(at));
      }
      return chain;
    }

    private String next(JsonNode inputs, String at) {
      List<String> found = new ArrayList<>();
      Iterator<Map.Entry<String, JsonNode>> all = inputs.fields();
      while (all.hasNext()) {
        Map.Entry<String, JsonNode> vertex = all.next();
        if (vertex.getValue().size() == 1 && vertex.getValue().path(0).asText().equals(at)) {
          found.add(vertex.getKey());
        }
      }
      if (found.size() != 1) {
        throw new UnusableWeightsException(
            "%s is no %s: behind '%s' come %d layers, not one"
                .formatted(file, architecture.title(), at, found.size()));
      }
      return found.get(0);
    }

    /** A head of one's own may stand there instead; the zoo's VGG19 has fc1 alone. */
    private boolean hasTop(List<JsonNode> weighted) {
      return architecture.dense().stream()
          .allMatch(
              layer ->
                  layer.place() < weighted.size()
                      && weighted.get(layer.place()).findValue("nout").asInt() == layer.outputs());
    }

    private void requireShapes(List<WeightedLayer> layers, List<JsonNode> weighted) {
      for (WeightedLayer layer : layers) {
        if (layer.place() >= weighted.size()) {
          throw new UnusableWeightsException(
              "%s: layer %s is missing; its kernel should be %s"
                  .formatted(file, layer.kerasName(), KernelShape.text(layer.kernelShape())));
        }
        JsonNode vertex = weighted.get(layer.place());
        KernelShape.require(file, layer, "kernel", layer.kernelShape(), shape(vertex));
        requireBias(layer, vertex);
      }
    }

    /** As Keras has it. */
    private static int[] shape(JsonNode vertex) {
      int inputs = vertex.findValue("nin").asInt();
      int outputs = vertex.findValue("nout").asInt();
      JsonNode kernel = vertex.findValue("kernelSize");
      return kernel == null
          ? new int[] {inputs, outputs}
          : new int[] {kernel.path(0).asInt(), kernel.path(1).asInt(), inputs, outputs};
    }

    private void requireBias(WeightedLayer layer, JsonNode vertex) {
      JsonNode bias = vertex.findValue("hasBias");
      if (bias != null && !bias.asBoolean()) {
        throw new UnusableWeightsException(
            "%s: %s has no bias, %s's has"
                .formatted(file, layer.kerasName(), architecture.title()));
      }
    }

    private boolean isChannelsFirst(List<JsonNode> vertices) {
      String flattening =
          vertices.stream()
              .map(JsonNode::toString)
              .filter(text -> FLATTENING.stream().anyMatch(text::contains))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UnusableWeightsException(
                          file + " does not say in which order fc1 takes its inputs"));
      return !flattening.contains(KERAS_FLATTENING) && !flattening.contains("\"NHWC\"");
    }
  }
}
