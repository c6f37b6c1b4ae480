package org.captionary.inference.vgg16;

import java.util.stream.IntStream;

/**
 * VGG16 in plain Java and float32, as the paper describes it: 3 x 3 convolutions that keep the size
 * (padding 1) and ReLU, with a 2 x 2 maximum after each block. Shares nothing with the real one but
 * the weights.
 */
final class PlainVgg16 {

  private static final int[] CONVOLUTIONS_BY_BLOCK = {2, 2, 3, 3, 3};

  private final Vgg16Weights weights;

  PlainVgg16(Vgg16Weights weights) {
    this.weights = weights;
  }

  /** From 224 x 224 x 3 to 7 x 7 x 512, channels last. */
  float[] block5Pool(float[] input) {
    float[] picture = input;
    int size = 224;
    int layer = 0;
    for (int convolutions : CONVOLUTIONS_BY_BLOCK) {
      for (int i = 0; i < convolutions; i++) {
        picture = convolve(picture, size, WeightedLayer.values()[layer++]);
      }
      picture = pool(picture, size);
      size /= 2;
    }
    return picture;
  }

  float[] dense(float[] input, WeightedLayer layer) {
    int outputs = layer.outputs();
    float[] sums = weights.bias(layer);
    float[] row = new float[outputs];
    for (int i = 0; i < input.length; i++) {
      if (input[i] != 0) {
        weights.readKernel(layer, i * outputs, row);
        addScaled(sums, row, 0, input[i]);
      }
    }
    relu(sums, 0, outputs);
    return sums;
  }

  private float[] convolve(float[] input, int size, WeightedLayer layer) {
    int outputs = layer.outputs();
    float[] kernel = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, kernel);
    float[] bias = weights.bias(layer);
    float[] output = new float[size * size * outputs];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            y -> {
              float[] sums = new float[outputs];
              for (int x = 0; x < size; x++) {
                System.arraycopy(bias, 0, sums, 0, outputs);
                addNeighbours(input, size, y, x, kernel, sums);
                relu(sums, 0, outputs);
                System.arraycopy(sums, 0, output, (y * size + x) * outputs, outputs);
              }
            });
    return output;
  }

  private static void addNeighbours(
      float[] input, int size, int y, int x, float[] kernel, float[] sums) {
    int inputs = input.length / (size * size);
    for (int tap = 0; tap < 9; tap++) {
      int fromY = y + tap / 3 - 1;
      int fromX = x + tap % 3 - 1;
      if (fromY >= 0 && fromY < size && fromX >= 0 && fromX < size) {
        for (int c = 0; c < inputs; c++) {
          float value = input[(fromY * size + fromX) * inputs + c];
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

  private static float[] pool(float[] input, int size) {
    int channels = input.length / (size * size);
    int half = size / 2;
    float[] output = new float[half * half * channels];
    for (int i = 0; i < output.length; i++) {
      int channel = i % channels;
      int x = i / channels % half * 2;
      int y = i / channels / half * 2;
      int at = (y * size + x) * channels + channel;
      int below = at + size * channels;
      output[i] =
          Math.max(
              Math.max(input[at], input[at + channels]),
              Math.max(input[below], input[below + channels]));
    }
    return output;
  }

  private static void relu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }
}
