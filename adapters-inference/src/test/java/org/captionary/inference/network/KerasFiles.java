package org.captionary.inference.network;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes HDF5 files as Keras lays them out. */
final class KerasFiles {

  private KerasFiles() {}

  static Path write(Path file, Consumer<WritableGroup> content) {
    try (WritableHdfFile out = HdfFile.write(file)) {
      content.accept(out);
    }
    return file;
  }

  /** Keras Applications: {@code block1_conv1/block1_conv1_W_1:0}. */
  static void applications(WritableGroup parent, LayerValues values) {
    for (WeightedLayer layer : values.layers()) {
      String name = layer.kerasName();
      put(parent.putGroup(name), layer, values, name + "_W_1:0", name + "_b_1:0");
    }
    parent.putGroup("block1_pool");
  }

  /** Keras 2: {@code block1_conv1/block1_conv1/kernel:0}. */
  static void keras2(WritableGroup parent, LayerValues values) {
    for (WeightedLayer layer : values.layers()) {
      WritableGroup group = parent.putGroup(layer.kerasName()).putGroup(layer.kerasName());
      put(group, layer, values, "kernel:0", "bias:0");
    }
  }

  /** Keras 3: {@code layers/conv2d_1/vars/0}. */
  static void keras3(WritableGroup parent, LayerValues values) {
    WritableGroup layers = parent.putGroup("layers");
    for (WeightedLayer layer : values.layers()) {
      int number = layer.place();
      WritableGroup group = layers.putGroup(number == 0 ? "conv2d" : "conv2d_" + number);
      put(group.putGroup("vars"), layer, values, "0", "1");
    }
  }

  private static void put(
      WritableGroup group, WeightedLayer layer, LayerValues values, String kernel, String bias) {
    float[] flat = new float[layer.kernelLength()];
    values.readKernel(layer, 0, flat);
    group.putDataset(kernel, nested(flat, layer.kernelShape()));
    group.putDataset(bias, values.bias(layer));
  }

  /** An array of zeros, nested as its shape says. */
  static Object zeros(int... shape) {
    return Array.newInstance(float.class, shape);
  }

  private static Object nested(float[] flat, int... shape) {
    Object nested = zeros(shape);
    fill(nested, flat, new int[1]);
    return nested;
  }

  private static void fill(Object nested, float[] flat, int[] next) {
    if (nested instanceof float[] row) {
      System.arraycopy(flat, next[0], row, 0, row.length);
      next[0] += row.length;
    } else {
      for (Object inner : (Object[]) nested) {
        fill(inner, flat, next);
      }
    }
  }

  /** Other than untrained ones, and with biases: the convolutions alone. */
  static LayerValues convolutions() {
    return new Shifted(List.copyOf(Architecture.VGG16.convolutions()));
  }
}
