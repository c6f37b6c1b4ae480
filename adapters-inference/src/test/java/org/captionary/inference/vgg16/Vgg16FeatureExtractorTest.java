package org.captionary.inference.vgg16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureExtractorContract;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Vgg16FeatureExtractorTest extends FeatureExtractorContract {

  /** One for all tests: it holds 0.6 GB of weights. */
  private static final Vgg16FeatureExtractor SHARED =
      Vgg16FeatureExtractor.untrained(EngineSettings.defaults());

  private final Vgg16FeatureExtractor fresh =
      Vgg16FeatureExtractor.untrained(EngineSettings.defaults());

  @Override
  protected FeatureExtractor extractor() {
    return SHARED;
  }

  @Override
  protected FeatureExtractor freshExtractor() {
    return fresh;
  }

  @AfterEach
  void closeFresh() {
    fresh.close();
  }

  @AfterAll
  static void closeShared() {
    SHARED.close();
  }

  @Test
  void agreesWithVgg16InPlainJava() {
    Pixels photo = waves();
    PhotoFeatures features =
        SHARED.extract(List.of(photo), EnumSet.allOf(FeatureLayer.class)).get(0);
    PlainVgg16 plain = new PlainVgg16(new UntrainedWeights());
    float[] pooled = plain.block5Pool(photo.toVgg16Input());
    float[] fc1 = plain.dense(pooled, WeightedLayer.FC1);
    assertClose(features.of(FeatureLayer.BLOCK5_POOL), pooled);
    assertClose(features.of(FeatureLayer.AVG), means(pooled));
    assertClose(features.of(FeatureLayer.FC1), fc1);
    assertClose(features.of(FeatureLayer.FC2), plain.dense(fc1, WeightedLayer.FC2));
  }

  @Test
  void identityNamesNetworkWeightsAndPrecision() {
    assertThat(SHARED.identity().extractor()).isEqualTo("vgg16");
    assertThat(SHARED.identity().weights()).isEqualTo("untrained");
    assertThat(SHARED.identity().weightsSha256()).isEqualTo(new UntrainedWeights().sha256());
    assertThat(SHARED.identity().precision()).isEqualTo("float32");
  }

  /** Where there is no ND4J at all, an extractor is made and tells its identity. */
  @Test
  void identityLoadsNoNativeEngine() throws Exception {
    try (URLClassLoader withoutNd4j =
        new URLClassLoader(
            new URL[] {codeOf(Vgg16FeatureExtractor.class), codeOf(FeatureExtractor.class)},
            ClassLoader.getPlatformClassLoader())) {
      Class<?> settings = withoutNd4j.loadClass(EngineSettings.class.getName());
      Class<?> type = withoutNd4j.loadClass(Vgg16FeatureExtractor.class.getName());
      Object extractor =
          type.getMethod("untrained", settings)
              .invoke(null, settings.getMethod("defaults").invoke(null));
      assertThat(type.getMethod("identity").invoke(extractor))
          .hasToString(SHARED.identity().toString());
      type.getMethod("close").invoke(extractor);
    }
  }

  @Test
  void refusesToWorkOnceClosed() {
    fresh.close();
    fresh.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> fresh.extract(List.of(photo(1)), Set.of(FeatureLayer.AVG)))
        .withMessage("the extractor is closed");
  }

  @Test
  void refusesLessThanOneThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineSettings(0, Optional.empty()))
        .withMessageContaining("threads");
  }

  private static URL codeOf(Class<?> type) throws Exception {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toURI()
        .toURL();
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
