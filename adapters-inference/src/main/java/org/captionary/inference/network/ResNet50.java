package org.captionary.inference.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ResNet50 as Keras Applications has it (He et al. 2016): a 7 x 7 convolution, a pooling, and 16
 * blocks in four stacks. The first block of a stack has a convolution in its shortcut, and halves
 * the size (but for the first stack) in its first convolution, not in its second as later variants
 * do. Behind each convolution comes a batch normalisation, which {@link Folded} puts into its
 * weights.
 */
final class ResNet50 {

  private static final String NAME = "ResNet50";
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int[] CHANNELS = {64, 128, 256, 512};

  /** What a block gives has so many times the channels that it works on. */
  private static final int EXPANSION = 4;

  private static final WeightedLayer STEM =
      new WeightedLayer(NAME, 0, "conv1_conv", "conv1_conv", 2, 7, 7, 3, 64);
  private static final List<Block> ALL = blocksByName();

  private ResNet50() {}

  /**
   * Three convolutions, ReLU behind the first two, to which what came in is added before the last
   * ReLU.
   *
   * @param shortcut that what came in goes through before
   */
  record Block(
      String name,
      Optional<WeightedLayer> shortcut,
      WeightedLayer reduce,
      WeightedLayer middle,
      WeightedLayer expand) {

    List<WeightedLayer> layers() {
      List<WeightedLayer> layers = new ArrayList<>(shortcut.stream().toList());
      layers.addAll(List.of(reduce, middle, expand));
      return layers;
    }
  }

  /** The convolution before the pooling. */
  static WeightedLayer stem() {
    return STEM;
  }

  static List<Block> blocks() {
    return ALL;
  }

  /** In the order of their names: of a block 0 (the shortcut's, where there is one), 1, 2, 3. */
  static List<WeightedLayer> layers() {
    List<WeightedLayer> layers = new ArrayList<>(List.of(STEM));
    ALL.forEach(block -> layers.addAll(block.layers()));
    return layers;
  }

  private static List<Block> blocksByName() {
    List<Block> blocks = new ArrayList<>();
    int inputs = STEM.outputs();
    int place = 1;
    for (int stack = 0; stack < BLOCKS.length; stack++) {
      for (int i = 0; i < BLOCKS[stack]; i++) {
        String name = "conv" + (stack + 2) + "_block" + (i + 1);
        int stride = i == 0 && stack > 0 ? 2 : 1;
        Block block = block(name, place, i == 0, stride, inputs, CHANNELS[stack]);
        blocks.add(block);
        place += block.layers().size();
        inputs = block.expand().outputs();
      }
    }
    return blocks;
  }

  private static Block block(
      String name, int place, boolean withShortcut, int stride, int inputs, int channels) {
    int outputs = EXPANSION * channels;
    int first = withShortcut ? place + 1 : place;
    return new Block(
        name,
        withShortcut
            ? Optional.of(layer(name + "_0_conv", place, stride, 1, inputs, outputs))
            : Optional.empty(),
        layer(name + "_1_conv", first, stride, 1, inputs, channels),
        layer(name + "_2_conv", first + 1, 1, 3, channels, channels),
        layer(name + "_3_conv", first + 2, 1, 1, channels, outputs));
  }

  private static WeightedLayer layer(
      String name, int place, int stride, int size, int inputs, int outputs) {
    return new WeightedLayer(NAME, place, name, name, stride, size, size, inputs, outputs);
  }
}
