package org.captionary.inference.vgg16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureExtractorContract;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What VGG16 keeps on each engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract extends FeatureExtractorContract {

  /** One for all tests: it holds 0.6 GB of weights. */
  private final Vgg16FeatureExtractor shared;

  private final EngineSettings settings;
  private Vgg16FeatureExtractor fresh;

  EngineContract(EngineChoice engine) {
    settings = EngineSettings.of(engine);
    shared = Vgg16FeatureExtractor.untrained(settings);
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
    fresh = Vgg16FeatureExtractor.untrained(settings);
  }

  @AfterEach
  void closeFresh() {
    fresh.close();
  }

  @AfterAll
  void closeShared() {
    shared.close();
  }

  @Test
  void agreesWithVgg16InPlainJava() {
    Pixels photo = waves();
    PhotoFeatures features =
        shared.extract(List.of(photo), EnumSet.allOf(FeatureLayer.class)).get(0);
    PlainVgg16 plain = new PlainVgg16(new UntrainedWeights());
    float[] pooled = plain.block5Pool(photo.toVgg16Input());
    float[] fc1 = plain.dense(pooled, WeightedLayer.FC1);
    assertClose(features.of(FeatureLayer.BLOCK5_POOL), pooled);
    assertClose(features.of(FeatureLayer.AVG), means(pooled));
    assertClose(features.of(FeatureLayer.FC1), fc1);
    assertClose(features.of(FeatureLayer.FC2), plain.dense(fc1, WeightedLayer.FC2));
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

  private static float[] means(float[] pooled) {
    float[] means = new float[512];
    for (int i = 0; i < pooled.length; i++) {
      means[i % 512] += pooled[i] / 49;
    }
    return means;
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
