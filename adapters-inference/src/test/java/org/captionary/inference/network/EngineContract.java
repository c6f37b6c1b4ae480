package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureExtractorContract;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a network keeps on each engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract extends FeatureExtractorContract {

  /** One for all tests: it holds 0.6 GB of weights. */
  private final NetworkExtractor shared;

  private final Network network;
  private final EngineSettings settings;
  private NetworkExtractor fresh;

  EngineContract(Network network, EngineChoice engine) {
    this.network = network;
    settings = EngineSettings.of(engine);
    shared = NetworkExtractor.untrained(network, settings);
  }

  @Override
  protected FeatureExtractor extractor() {
    return shared;
  }

  @Override
  protected FeatureExtractor freshExtractor() {
    return fresh;
  }

  @BeforeEach
  void openFresh() {
    fresh = NetworkExtractor.untrained(network, settings);
  }

  @AfterEach
  void closeFresh() {
    fresh.close();
  }

  @AfterAll
  void closeShared() {
    shared.close();
  }

  @Override
  protected Network network() {
    return network;
  }

  @Test
  void agreesWithTheNetworkInPlainJava() {
    Pixels photo = waves();
    PhotoFeatures features = shared.extract(List.of(photo), network.layers()).get(0);
    new PlainNetwork(UntrainedWeights.of(Architecture.of(network)))
        .features(photo.toVgg16Input())
        .forEach((layer, expected) -> assertClose(features.of(layer), expected));
  }

  /** To 1e-4: of the norm as a whole, and each value of the largest. */
  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double squares = 0;
    double errors = 0;
    float largest = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (double) expected[i] * expected[i];
      errors += Math.pow((double) found[i] - expected[i], 2);
      largest = Math.max(largest, expected[i]);
    }
    assertThat(largest).isPositive();
    assertThat(Math.sqrt(errors / squares)).isLessThan(1e-4);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i] / largest).isCloseTo(expected[i] / largest, within(1e-4f));
    }
  }

  /** Smooth, with each corner of its own, so that a mirrored or turned picture is noticed. */
  private static Pixels waves() {
    byte[] rgb = new byte[Pixels.LENGTH];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % 224;
      int y = i / 3 / 224;
      rgb[i] = (byte) (x * (i % 3) / 3 + y / 2 + 40 * Math.sin(x * y / 900.0));
    }
    return new Pixels(rgb);
  }
}
