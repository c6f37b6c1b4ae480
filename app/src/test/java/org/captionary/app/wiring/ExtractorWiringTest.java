package org.captionary.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.jobs.NodeRole;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.inference.vgg16.EngineChoice;
import org.captionary.inference.vgg16.EngineSettings;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys {@code captionary.vgg16} and {@code captionary.inference} bring about. */
class ExtractorWiringTest {

  private static final String NOTOP = "/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5";

  /** Nobody listens there. */
  private static final String ADDRESS = "http://127.0.0.1:9" + NOTOP;

  private static final NodeRole ALL = new NodeRole("all");

  @TempDir Path folder;

  private final ExtractorWiring wiring = new ExtractorWiring();

  private Config config() {
    Map<String, String> values = Map.of("captionary.data-dir", folder.toString());
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 0))
        .build();
  }

  private FeatureExtractor extractor(String weights, List<String> addresses) {
    return wiring.extractor(config(), ALL, weights, addresses, "auto", Optional.empty());
  }

  private void refused(String weights, List<String> addresses, String... words) {
    assertThatThrownBy(() -> extractor(weights, addresses))
        .isInstanceOfAny(IllegalArgumentException.class, InvalidInputException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void untrainedWeightsNeedNothing() throws Exception {
    var extractor = extractor(" untrained ", List.of("no address"));
    assertThat(extractor.identity().weights()).isEqualTo("untrained");
    assertThat(folder).isEmptyDirectory();
    wiring.close(extractor);
  }

  @Test
  void aNodeThatOnlyServesNeedsNoWeights() {
    var extractor =
        wiring.extractor(
            config(), new NodeRole("serve"), "/nosuch", List.of(), "auto", Optional.empty());
    assertThatThrownBy(extractor::identity)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
    assertThatThrownBy(extractor::layers).hasMessageContaining("captionary.role");
    assertThatThrownBy(() -> extractor.extract(List.of(), Set.of()))
        .hasMessageContaining("captionary.role");
  }

  @Test
  void otherRolesAreRefused() {
    assertThatThrownBy(() -> new NodeRole("reader"))
        .hasMessage("captionary.role: reader is not allowed; allowed: all, serve");
  }

  @ParameterizedTest
  @CsvSource({"Untrained", "/nosuch/vgg16.h5", "ImageNet"})
  void whatIsNoFileIsRefused(String weights) {
    refused(
        weights,
        List.of(ADDRESS),
        "captionary.vgg16.weights: %s cannot be used: there is no file %s that can be read; allowed: untrained, imagenet, or the path of a file"
            .formatted(weights, Path.of(weights).toAbsolutePath()));
  }

  @ParameterizedTest
  @CsvSource({"'  '", "/", "'a\0b'"})
  void whatIsNoPathIsRefused(String weights) {
    refused(weights, List.of(ADDRESS), "captionary.vgg16.weights: ");
  }

  @Test
  void aFileIsRefusedByItsContent() throws IOException {
    Path file = Files.writeString(folder.resolve("vgg16.h5"), "<html>");
    refused(file.toString(), List.of(ADDRESS), file + " is neither", "a web page");
  }

  @Test
  void imagenetThatCannotBeHadIsRefusedWithTheWayByHand() throws IOException {
    Path placed = Files.createDirectories(folder.resolve("weights")).resolve(NOTOP.substring(1));
    Files.writeString(placed, "something else");
    refused(
        "imagenet",
        List.of(ADDRESS),
        "captionary.vgg16.weights: imagenet cannot be used: ",
        placed.toRealPath() + " is not the published file");
  }

  @Test
  void addressesOfUnknownFilesAreRefused() {
    refused(
        "imagenet",
        List.of(ADDRESS, "http://mirror/vgg16.h5"),
        "captionary.vgg16.weights-urls: http://mirror/vgg16.h5 is not allowed");
  }

  @Test
  void anEngineIsChosenByItsName() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(ExtractorWiring.settings("dl4j", Optional.of("3")))
        .isEqualTo(new EngineSettings(EngineChoice.DL4J, 3, Optional.empty()));
    assertThat(ExtractorWiring.settings("onednn", Optional.empty()))
        .isEqualTo(new EngineSettings(EngineChoice.ONEDNN, processors, Optional.empty()));
    assertThat(ExtractorWiring.settings("auto", Optional.of("1024")).threads()).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({"ONEDNN", "tensorflow", "''"})
  void unknownEnginesAreRefused(String engine) {
    assertThatThrownBy(
            () -> wiring.extractor(config(), ALL, "untrained", List.of(), engine, Optional.empty()))
        .hasMessage(
            "captionary.inference.engine: %s is not allowed; allowed: auto, dl4j, onednn"
                .formatted(engine));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1025", "two", "1.5", "99999999999"})
  void countsOfThreadsThatCannotBeAreRefused(String threads) {
    assertThatThrownBy(
            () ->
                wiring.extractor(
                    config(), ALL, "untrained", List.of(), "auto", Optional.of(threads)))
        .hasMessage(
            "captionary.inference.threads: %s is not allowed; allowed: a whole number from 1 to 1024"
                .formatted(threads));
  }
}
