package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.UnavailableExtractorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkExtractorTest {

  private final NetworkExtractor extractor =
      NetworkExtractor.untrained(Network.VGG16, EngineSettings.defaults());

  @AfterEach
  void close() {
    extractor.close();
  }

  @Test
  void identityNamesNetworkWeightsAndPrecision() {
    assertThat(extractor.identity().extractor()).isEqualTo("vgg16");
    assertThat(extractor.identity().weights()).isEqualTo("untrained");
    assertThat(extractor.identity().weightsSha256())
        .isEqualTo(UntrainedWeights.of(Architecture.VGG16).sha256());
    assertThat(extractor.identity().precision()).isEqualTo("float32");
  }

  /** Where there is no ND4J at all, an extractor is made and tells its identity. */
  @Test
  void identityLoadsNoNativeEngine() throws Exception {
    try (URLClassLoader withoutNd4j =
        new URLClassLoader(
            new URL[] {codeOf(NetworkExtractor.class), codeOf(FeatureExtractor.class)},
            ClassLoader.getPlatformClassLoader())) {
      Class<?> network = withoutNd4j.loadClass(Network.class.getName());
      Class<?> settings = withoutNd4j.loadClass(EngineSettings.class.getName());
      Class<?> type = withoutNd4j.loadClass(NetworkExtractor.class.getName());
      Object extractor =
          type.getMethod("untrained", network, settings)
              .invoke(
                  null, network.getEnumConstants()[0], settings.getMethod("defaults").invoke(null));
      assertThat(type.getMethod("identity").invoke(extractor))
          .hasToString(this.extractor.identity().toString());
      type.getMethod("close").invoke(extractor);
    }
  }

  @Test
  void refusesToWorkOnceClosed() {
    extractor.close();
    extractor.close();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                extractor.extract(
                    List.of(new Pixels(new byte[Pixels.LENGTH])), Set.of(FeatureLayer.AVG)))
        .withMessage("the extractor is closed");
  }

  @Test
  void isUnavailableOnceItsFileIsGone(@TempDir Path folder) throws IOException {
    LayerValues values = KerasFiles.convolutions();
    Path file = KerasFiles.write(folder.resolve("w"), out -> KerasFiles.applications(out, values));
    try (NetworkExtractor ofFile =
        NetworkExtractor.withFile(Network.VGG16, "w", file, folder, EngineSettings.defaults())) {
      Files.delete(file);
      for (int times = 0; times < 2; times++) {
        assertThatExceptionOfType(UnavailableExtractorException.class)
            .isThrownBy(
                () ->
                    ofFile.extract(
                        List.of(new Pixels(new byte[Pixels.LENGTH])), Set.of(FeatureLayer.AVG)))
            .withMessage(
                "features cannot be extracted: there is no file " + file + " that can be read");
      }
    }
  }

  @Test
  void refusesLessThanOneThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineSettings(EngineChoice.AUTO, 0, Optional.empty()))
        .withMessageContaining("threads");
  }

  private static URL codeOf(Class<?> type) throws Exception {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toURI()
        .toURL();
  }
}
