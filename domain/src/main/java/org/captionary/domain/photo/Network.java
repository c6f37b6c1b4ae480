package org.captionary.domain.photo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A convolutional network whose features can be had. All take {@link Pixels#toVgg16Input()}:
 * Keras's {@code preprocess_input} of the three is the same, mode caffe.
 */
public enum Network {
  /** Simonyan and Zisserman 2015, configuration D. */
  VGG16("vgg16", FeatureLayer.ofVgg()),
  /** The same, configuration E: three convolutions more. */
  VGG19("vgg19", FeatureLayer.ofVgg()),
  /** He et al. 2016, as Keras has it: a block halves the size in its first convolution. */
  RESNET50("resnet50", FeatureLayer.ofResNet());

  private final String id;
  private final Set<FeatureLayer> layers;

  Network(String id, Set<FeatureLayer> layers) {
    this.id = id;
    this.layers = layers;
  }

  /** The name in a recipe and in an {@link ExtractorIdentity}. */
  public String id() {
    return id;
  }

  /** The layers that are kept as features, in a fixed order. */
  public Set<FeatureLayer> layers() {
    return layers;
  }

  /** The mean of its last places, the layer that is taken unless another is asked for. */
  public FeatureLayer avg() {
    return layer("avg").orElseThrow();
  }

  /** The layer of this name; two networks may call layers of different shapes the same. */
  public Optional<FeatureLayer> layer(String name) {
    return layers.stream().filter(layer -> layer.id().equals(name)).findFirst();
  }

  public List<String> layerNames() {
    return layers.stream().map(FeatureLayer::id).toList();
  }

  public static Optional<Network> byId(String id) {
    return Arrays.stream(values()).filter(network -> network.id.equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Network::id).toList();
  }
}
