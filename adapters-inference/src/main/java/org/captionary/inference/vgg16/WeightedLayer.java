package org.captionary.inference.vgg16;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The layers of VGG16 that hold weights and lie before its features, in Keras's order and by
 * Keras's names. The softmax layer is left out: no feature depends on it.
 */
enum WeightedLayer {
  BLOCK1_CONV1("0", 3, 3, 3, 64),
  BLOCK1_CONV2("1", 3, 3, 64, 64),
  BLOCK2_CONV1("3", 3, 3, 64, 128),
  BLOCK2_CONV2("4", 3, 3, 128, 128),
  BLOCK3_CONV1("6", 3, 3, 128, 256),
  BLOCK3_CONV2("7", 3, 3, 256, 256),
  BLOCK3_CONV3("8", 3, 3, 256, 256),
  BLOCK4_CONV1("10", 3, 3, 256, 512),
  BLOCK4_CONV2("11", 3, 3, 512, 512),
  BLOCK4_CONV3("12", 3, 3, 512, 512),
  BLOCK5_CONV1("14", 3, 3, 512, 512),
  BLOCK5_CONV2("15", 3, 3, 512, 512),
  BLOCK5_CONV3("16", 3, 3, 512, 512),
  FC1("18", 25088, 4096),
  FC2("19", 4096, 4096);

  private final String zooName;
  private final int[] kernelShape;

  WeightedLayer(String zooName, int... kernelShape) {
    this.zooName = zooName;
    this.kernelShape = kernelShape;
  }

  static List<WeightedLayer> convolutions() {
    return Arrays.stream(values()).filter(WeightedLayer::isConvolution).toList();
  }

  static List<WeightedLayer> dense() {
    return List.of(FC1, FC2);
  }

  String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What deeplearning4j-zoo calls the layer in its VGG16. */
  String zooName() {
    return zooName;
  }

  boolean isConvolution() {
    return kernelShape.length == 4;
  }

  /** Keras's kernel shape: height, width, inputs, outputs; or inputs, outputs. */
  int[] kernelShape() {
    return kernelShape.clone();
  }

  int outputs() {
    return kernelShape[kernelShape.length - 1];
  }

  /** How many numbers are added up for one output. */
  int fanIn() {
    return kernelLength() / outputs();
  }

  int kernelLength() {
    return Arrays.stream(kernelShape).reduce(1, Math::multiplyExact);
  }
}
