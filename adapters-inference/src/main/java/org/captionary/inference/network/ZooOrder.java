package org.captionary.inference.network;

import java.util.Arrays;

/** From DL4J's orders to Keras's. */
final class ZooOrder {

  private ZooOrder() {}

  /**
   * From outputs, inputs, height, width to height, width, inputs, outputs.
   *
   * @param shape Keras's
   */
  static float[] convolution(float[] kernel, int... shape) {
    int places = shape[0] * shape[1];
    int inputs = shape[2];
    int outputs = shape[3];
    float[] turned = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      int place = i % places;
      int input = i / places % inputs;
      int output = i / places / inputs;
      turned[(place * inputs + input) * outputs + output] = kernel[i];
    }
    return turned;
  }

  /**
   * From outputs, inputs to inputs, outputs.
   *
   * @param rows where each input goes, as many as there are inputs
   */
  static float[] dense(float[] kernel, int[] rows) {
    int inputs = rows.length;
    int outputs = kernel.length / inputs;
    float[] turned = new float[kernel.length];
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        turned[rows[input] * outputs + output] = kernel[output * inputs + input];
      }
    }
    return turned;
  }

  static int[] sameRows(int inputs) {
    int[] rows = new int[inputs];
    Arrays.setAll(rows, input -> input);
    return rows;
  }

  /** Where an input in order channel, height, width goes in order height, width, channel. */
  static int[] rowsOfChannelsFirst(int height, int width, int channels) {
    int places = height * width;
    int[] rows = new int[places * channels];
    Arrays.setAll(rows, input -> input % places * channels + input / places);
    return rows;
  }
}
