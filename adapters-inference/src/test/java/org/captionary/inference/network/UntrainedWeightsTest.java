package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UntrainedWeightsTest {

  private final NetworkWeights weights = UntrainedWeights.of(Architecture.VGG16);

  @ParameterizedTest
  @EnumSource
  void haveTheHashThatTheirIdentityNames(Architecture architecture) {
    NetworkWeights weights = UntrainedWeights.of(architecture);
    assertThat(WeightsHash.of(weights)).isEqualTo(weights.sha256());
  }

  /** Of which only epsilon is left. */
  @Test
  void areNormalizedInResNet50() {
    double u = (0xE220A8397B1DCDAFL >>> 11) / Math.pow(2, 53);
    float raw = (float) ((2 * u - 1) * Math.sqrt(6 / 147.0));
    float[] first = new float[1];
    NetworkWeights residual = UntrainedWeights.of(Architecture.RESNET50);
    residual.readKernel(Architecture.RESNET50.layer("conv1_conv"), 0, first);
    assertThat(first[0]).isEqualTo((float) (raw / Math.sqrt(1 + 1.001e-5))).isNotEqualTo(raw);
  }

  /** splitmix64's published first outputs for seed 0 stand behind elements 0 and, by steps, on. */
  @Test
  void followTheFormula() {
    double u = (0xE220A8397B1DCDAFL >>> 11) / Math.pow(2, 53);
    float[] first = new float[1];
    weights.readKernel(Architecture.VGG16.layer("block1_conv1"), 0, first);
    assertThat(first[0]).isEqualTo((float) ((2 * u - 1) * Math.sqrt(6 / 27.0)));
  }

  @Test
  void areReadInPartsAsInOnePiece() {
    WeightedLayer layer = Architecture.VGG16.layer("block3_conv1");
    float[] whole = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, whole);
    float[] part = new float[100_000];
    weights.readKernel(layer, 70_001, part);
    assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 70_001, 170_001));
  }

  @Test
  void differFromLayerToLayerAndStayWithinTheirBound() {
    float[] fc1 = new float[1000];
    weights.readKernel(Architecture.VGG16.layer("fc1"), 0, fc1);
    float[] fc2 = new float[1000];
    weights.readKernel(Architecture.VGG16.layer("fc2"), 0, fc2);
    assertThat(fc1[0] / Math.sqrt(6 / 25088.0)).isNotEqualTo(fc2[0] / Math.sqrt(6 / 4096.0));
    for (float value : fc1) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo((float) Math.sqrt(6 / 25088.0));
    }
  }

  @Test
  void haveNoBias() {
    for (WeightedLayer layer : Architecture.VGG16.layers()) {
      assertThat(weights.bias(layer)).hasSize(layer.outputs()).containsOnly(0);
    }
  }
}
