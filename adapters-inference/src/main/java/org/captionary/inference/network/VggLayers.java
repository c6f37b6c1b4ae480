package org.captionary.inference.network;

import java.util.ArrayList;
import java.util.List;

/** The layers of the VGG networks: five blocks of 3 x 3 convolutions, two dense layers. */
final class VggLayers {

  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final int POOLED = 7 * 7 * 512;
  private static final int DENSE = 4096;

  private VggLayers() {}

  /**
   * deeplearning4j-zoo numbers all layers, poolings included; the dense ones are called as in its
   * VGG16.
   */
  static List<WeightedLayer> of(String network, int... convolutionsByBlock) {
    List<WeightedLayer> layers = new ArrayList<>();
    int inputs = 3;
    int number = 0;
    for (int block = 0; block < convolutionsByBlock.length; block++) {
      int outputs = CHANNELS[block];
      for (int i = 1; i <= convolutionsByBlock[block]; i++) {
        String name = "block" + (block + 1) + "_conv" + i;
        layers.add(layer(network, layers.size(), name, number++, 3, 3, inputs, outputs));
        inputs = outputs;
      }
      number++;
    }
    layers.add(layer(network, layers.size(), "fc1", 18, POOLED, DENSE));
    layers.add(layer(network, layers.size(), "fc2", 19, DENSE, DENSE));
    return layers;
  }

  private static WeightedLayer layer(
      String network, int place, String name, int number, int... shape) {
    return new WeightedLayer(network, place, name, Integer.toString(number), 1, shape);
  }
}
