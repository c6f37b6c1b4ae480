package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldedTest {

  private static final WeightedLayer LAYER = new WeightedLayer("Test", 0, "l", "l", 1, 1, 1, 2, 3);
  private static final float[] KERNEL = {1, -2, 3, 4, 5, -6};
  private static final float[] BIAS = {0.5f, 0, -1};
  private static final Folded.Normalization NORMALIZATION =
      new Folded.Normalization(
          new float[] {2, 1, 0.5f},
          new float[] {0, 1, -1},
          new float[] {3, -4, 0},
          new float[] {1, 4, 0.25f});

  private final Folded folded = new Folded(new Stored(), Map.of(LAYER, NORMALIZATION));

  private record Stored() implements LayerValues {

    @Override
    public Set<WeightedLayer> layers() {
      return Set.of(LAYER);
    }

    @Override
    public void readKernel(WeightedLayer layer, int from, float[] into) {
      System.arraycopy(KERNEL, from, into, 0, into.length);
    }

    @Override
    public float[] bias(WeightedLayer layer) {
      return BIAS.clone();
    }
  }

  /** As Keras's BatchNormalization: gamma (x - mean) / sqrt(variance + epsilon) + beta. */
  @Test
  void isTheConvolutionAndThenTheNormalization() {
    float[] kernel = new float[6];
    folded.readKernel(LAYER, 0, kernel);
    float[] bias = folded.bias(LAYER);
    double[] input = {0.7, -1.3};
    for (int output = 0; output < 3; output++) {
      double plain = BIAS[output] + input[0] * KERNEL[output] + input[1] * KERNEL[3 + output];
      double deviation = Math.sqrt(NORMALIZATION.variance()[output] + 1.001e-5);
      double expected =
          NORMALIZATION.gamma()[output] * (plain - NORMALIZATION.mean()[output]) / deviation
              + NORMALIZATION.beta()[output];
      double found = bias[output] + input[0] * kernel[output] + input[1] * kernel[3 + output];
      assertThat(found).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void isReadInPartsAsInOnePiece() {
    float[] whole = new float[6];
    folded.readKernel(LAYER, 0, whole);
    float[] part = new float[3];
    folded.readKernel(LAYER, 2, part);
    assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 2, 5));
  }
}
