package org.captionary.inference.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.captionary.domain.photo.FeatureLayer;

/**
 * The networks in plain Java and float32, as their papers and Keras describe them. Shares nothing
 * with the real ones but the weights and their names.
 */
final class PlainNetwork {

  private static final int[] RESNET_BLOCKS = {3, 4, 6, 3};

  private final NetworkWeights weights;

  PlainNetwork(NetworkWeights weights) {
    this.weights = weights;
  }

  /** Height, width (the same) and values, channels last. */
  private record Picture(int size, float[] values) {}

  /** All layers of the network, from 224 x 224 x 3. */
  Map<FeatureLayer, float[]> features(float[] input) {
    Picture picture = new Picture(224, input);
    return weights.architecture() == Architecture.RESNET50
        ? resNet50(picture)
        : vgg(picture, weights.architecture() == Architecture.VGG16 ? 3 : 4);
  }

  private Map<FeatureLayer, float[]> vgg(Picture input, int convolutionsInLastBlocks) {
    Picture picture = input;
    for (int block = 1; block <= 5; block++) {
      int convolutions = block < 3 ? 2 : convolutionsInLastBlocks;
      for (int i = 1; i <= convolutions; i++) {
        picture = relu(convolve(picture, "block" + block + "_conv" + i, 1));
      }
      picture = pool(picture, 2, 0);
    }
    Map<FeatureLayer, float[]> found = new HashMap<>();
    found.put(FeatureLayer.BLOCK5_POOL, picture.values());
    found.put(FeatureLayer.AVG, means(picture));
    found.put(FeatureLayer.FC1, dense(picture.values(), "fc1"));
    found.put(FeatureLayer.FC2, dense(found.get(FeatureLayer.FC1), "fc2"));
    return found;
  }

  private Map<FeatureLayer, float[]> resNet50(Picture input) {
    Picture picture = pool(relu(convolve(input, "conv1_conv", 2)), 3, 1);
    for (int stack = 0; stack < RESNET_BLOCKS.length; stack++) {
      for (int i = 1; i <= RESNET_BLOCKS[stack]; i++) {
        String name = "conv" + (stack + 2) + "_block" + i;
        picture = block(picture, name, i == 1 && stack > 0 ? 2 : 1, i == 1);
      }
    }
    return Map.of(
        FeatureLayer.CONV5_BLOCK3_OUT, picture.values(), FeatureLayer.RESNET_AVG, means(picture));
  }

  private Picture block(Picture input, String name, int stride, boolean withShortcut) {
    Picture shortcut = withShortcut ? convolve(input, name + "_0_conv", stride) : input;
    Picture picture = relu(convolve(input, name + "_1_conv", stride));
    picture = relu(convolve(picture, name + "_2_conv", 1));
    picture = convolve(picture, name + "_3_conv", 1);
    for (int i = 0; i < picture.values().length; i++) {
      picture.values()[i] += shortcut.values()[i];
    }
    return relu(picture);
  }

  private float[] dense(float[] input, String name) {
    WeightedLayer layer = weights.architecture().layer(name);
    float[] sums = weights.bias(layer);
    float[] row = new float[layer.outputs()];
    for (int i = 0; i < input.length; i++) {
      if (input[i] != 0) {
        weights.readKernel(layer, i * layer.outputs(), row);
        addScaled(sums, row, 0, input[i]);
      }
    }
    return relu(new Picture(1, sums)).values();
  }

  private Picture convolve(Picture input, String name, int stride) {
    WeightedLayer layer = weights.architecture().layer(name);
    int outputs = layer.outputs();
    float[] kernel = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, kernel);
    float[] bias = weights.bias(layer);
    int size = input.size() / stride;
    float[] output = new float[size * size * outputs];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            y -> {
              float[] sums = new float[outputs];
              for (int x = 0; x < size; x++) {
                System.arraycopy(bias, 0, sums, 0, outputs);
                addNeighbours(input, layer.kernelShape()[0], y * stride, x * stride, kernel, sums);
                System.arraycopy(sums, 0, output, (y * size + x) * outputs, outputs);
              }
            });
    return new Picture(size, output);
  }

  private static void addNeighbours(
      Picture input, int width, int y, int x, float[] kernel, float[] sums) {
    int size = input.size();
    int inputs = input.values().length / (size * size);
    for (int tap = 0; tap < width * width; tap++) {
      int fromY = y + tap / width - width / 2;
      int fromX = x + tap % width - width / 2;
      if (fromY >= 0 && fromY < size && fromX >= 0 && fromX < size) {
        for (int c = 0; c < inputs; c++) {
          float value = input.values()[(fromY * size + fromX) * inputs + c];
          if (value != 0) {
            addScaled(sums, kernel, (tap * inputs + c) * sums.length, value);
          }
        }
      }
    }
  }

  private static void addScaled(float[] sums, float[] kernel, int from, float value) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] += value * kernel[from + o];
    }
  }

  /** The maximum of each window that begins at every second pixel, less the padding. */
  private static Picture pool(Picture input, int width, int padding) {
    int size = input.size();
    int channels = input.values().length / (size * size);
    int half = size / 2;
    float[] output = new float[half * half * channels];
    for (int i = 0; i < output.length; i++) {
      int x = i / channels % half * 2 - padding;
      int y = i / channels / half * 2 - padding;
      float largest = Float.NEGATIVE_INFINITY;
      for (int tap = 0; tap < width * width; tap++) {
        int channel = i % channels;
        largest =
            Math.max(
                largest,
                at(input, y + tap / width, x + tap % width, channel)
                    .orElse(Float.NEGATIVE_INFINITY));
      }
      output[i] = largest;
    }
    return new Picture(half, output);
  }

  private static Optional<Float> at(Picture input, int y, int x, int channel) {
    int size = input.size();
    int channels = input.values().length / (size * size);
    return y >= 0 && y < size && x >= 0 && x < size
        ? Optional.of(input.values()[(y * size + x) * channels + channel])
        : Optional.empty();
  }

  private static Picture relu(Picture picture) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
    return picture;
  }

  private static float[] means(Picture picture) {
    int places = picture.size() * picture.size();
    float[] means = new float[picture.values().length / places];
    for (int i = 0; i < picture.values().length; i++) {
      means[i % means.length] += picture.values()[i] / places;
    }
    return means;
  }
}
