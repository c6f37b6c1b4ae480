package org.captionary.inference.network;

import java.util.Arrays;
import java.util.List;
import org.captionary.domain.photo.Network;

/**
 * The layers of a network that hold weights and lie before its features, by Keras's names. The
 * softmax layer is left out: no feature depends on it.
 */
enum Architecture {
  VGG16(Network.VGG16, "VGG16", VggLayers.of("VGG16", 2, 2, 3, 3, 3), 2, 2, 3, 3, 3),
  VGG19(Network.VGG19, "VGG19", VggLayers.of("VGG19", 2, 2, 4, 4, 4), 2, 2, 4, 4, 4),
  RESNET50(Network.RESNET50, "ResNet50", ResNet50.layers());

  private final Network network;
  private final String title;
  private final List<WeightedLayer> layers;
  private final List<Integer> convolutionsByBlock;

  Architecture(
      Network network, String title, List<WeightedLayer> layers, Integer... convolutionsByBlock) {
    this.network = network;
    this.title = title;
    this.layers = List.copyOf(layers);
    this.convolutionsByBlock = List.of(convolutionsByBlock);
  }

  static Architecture of(Network network) {
    return Arrays.stream(values()).filter(a -> a.network == network).findFirst().orElseThrow();
  }

  Network network() {
    return network;
  }

  /** As it is written in a message. */
  String title() {
    return title;
  }

  /** In the order of their places. */
  List<WeightedLayer> layers() {
    return layers;
  }

  List<WeightedLayer> convolutions() {
    return layers.stream().filter(WeightedLayer::isConvolution).toList();
  }

  /** VGG's fc1 and fc2; ResNet50 has none before its features. */
  List<WeightedLayer> dense() {
    return layers.stream().filter(layer -> !layer.isConvolution()).toList();
  }

  WeightedLayer layer(String kerasName) {
    return layers.stream().filter(l -> l.kerasName().equals(kerasName)).findFirst().orElseThrow();
  }

  boolean isVgg() {
    return !convolutionsByBlock.isEmpty();
  }

  /** Of VGG's five blocks, each of which a pooling ends. */
  List<Integer> convolutionsByBlock() {
    return convolutionsByBlock;
  }
}
