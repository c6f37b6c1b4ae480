package org.captionary.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.jobs.NodeRole;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.Network;
import org.captionary.inference.network.EngineChoice;
import org.captionary.inference.network.EngineSettings;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the keys {@code captionary.<network>.weights} and {@code captionary.inference} bring about.
 */
class ExtractorWiringTest {

  private static final String NOTOP = "/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5";

  /** Nobody listens there. */
  private static final String ADDRESS = "http://127.0.0.1:9" + NOTOP;

  private static final NodeRole ALL = new NodeRole("all");

  @TempDir Path folder;

  private final ExtractorWiring wiring = new ExtractorWiring();

  /** All networks untrained but one. */
  private Config config(Network network, String weights) {
    Map<String, String> values = new HashMap<>();
    values.put("captionary.data-dir", folder.toString());
    Network.ids().forEach(id -> values.put("captionary." + id + ".weights", "untrained"));
    values.put("captionary." + network.id() + ".weights", weights);
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 0))
        .build();
  }

  private Extractors extractors(Network network, String weights, List<String> addresses) {
    return wiring.extractors(config(network, weights), ALL, addresses, "auto", Optional.empty());
  }

  private void refused(String weights, List<String> addresses, String... words) {
    refused(Network.VGG16, weights, addresses, words);
  }

  private void refused(Network network, String weights, List<String> addresses, String... words) {
    assertThatThrownBy(() -> extractors(network, weights, addresses))
        .isInstanceOfAny(IllegalArgumentException.class, InvalidInputException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource
  void untrainedWeightsNeedNothing(Network network) throws Exception {
    var extractors = extractors(network, " untrained ", List.of("no address"));
    FeatureExtractor extractor = extractors.find(network).orElseThrow();
    assertThat(extractor.identity().extractor()).isEqualTo(network.id());
    assertThat(extractor.identity().weights()).isEqualTo("untrained");
    assertThat(extractor.layers()).isEqualTo(network.layers());
    assertThat(folder).isEmptyDirectory();
    wiring.close(extractors);
  }

  @Test
  void imagenetIsKnownOfVgg16Alone() {
    refused(
        Network.VGG19,
        "imagenet",
        List.of(),
        "captionary.vgg19.weights: imagenet cannot be used: there is no file",
        "; allowed: untrained, or the path of a file (.h5 of Keras, .zip of DL4J)");
    refused(
        Network.RESNET50,
        "imagenet",
        List.of(),
        "captionary.resnet50.weights: imagenet cannot be used: ",
        "; allowed: untrained, or the path of a file (.h5 of Keras)");
  }

  @Test
  void aNodeThatOnlyServesNeedsNoWeights() {
    FeatureExtractor extractor =
        wiring
            .extractors(
                config(Network.VGG16, "/nosuch"),
                new NodeRole("serve"),
                List.of(),
                "auto",
                Optional.empty())
            .find(Network.VGG16)
            .orElseThrow();
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
        .hasMessage("captionary.role: reader is not allowed; allowed: all, serve, work");
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
            () ->
                wiring.extractors(
                    config(Network.VGG16, "untrained"), ALL, List.of(), engine, Optional.empty()))
        .hasMessage(
            "captionary.inference.engine: %s is not allowed; allowed: auto, dl4j, onednn"
                .formatted(engine));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1025", "two", "1.5", "99999999999"})
  void countsOfThreadsThatCannotBeAreRefused(String threads) {
    assertThatThrownBy(
            () ->
                wiring.extractors(
                    config(Network.VGG16, "untrained"),
                    ALL,
                    List.of(),
                    "auto",
                    Optional.of(threads)))
        .hasMessage(
            "captionary.inference.threads: %s is not allowed; allowed: a whole number from 1 to 1024"
                .formatted(threads));
  }
}
