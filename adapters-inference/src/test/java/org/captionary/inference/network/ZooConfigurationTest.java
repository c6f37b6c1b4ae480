package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.zoo.model.VGG16;
import org.junit.jupiter.api.Test;

class ZooConfigurationTest {

  private static final List<WeightedLayer> ALL = Architecture.VGG16.layers();

  private static ZooConfiguration read(String json) throws IOException {
    return ZooConfiguration.read(
        Architecture.VGG16,
        Path.of("f.zip"),
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** As DL4J writes it now. */
  private static String zoo() {
    return VGG16.builder().numClasses(1000).build().conf().toJson();
  }

  @Test
  void readsTheZoosOwnGraphWhichFlattensChannelsFirst() throws IOException {
    assertThat(read(zoo())).isEqualTo(new ZooConfiguration(ALL, true));
  }

  @Test
  void readsAGraphThatFlattensChannelsLast() throws IOException {
    assertThat(read(zoo().replace("\"NCHW\"", "\"NHWC\"")).channelsFirst()).isFalse();
    String imported = "modelimport.keras.preprocessors.TensorFlowCnnToFeedForwardPreProcessor";
    assertThat(
            read(zoo().replace("nn.conf.preprocessor.CnnToFeedForwardPreProcessor", imported))
                .channelsFirst())
        .isFalse();
  }

  /** Keras's names and flattening, as in the zoo's ImageNet file. */
  @Test
  void readsTheFormOfVersion09() throws IOException {
    String old = Configurations.version09(ALL);
    assertThat(read(old)).isEqualTo(new ZooConfiguration(ALL, false));
    assertThat(read(old.replace("TensorFlowCnnToFeedForwardPreProcessor", "cnnToFeedForward")))
        .isEqualTo(new ZooConfiguration(ALL, true));
  }

  @Test
  void takesTheConvolutionsWhereSomethingElseFollows() throws IOException {
    String own =
        Configurations.version09(ALL)
            .replace("\"nin\": 25088, \"nout\": 4096", "\"nin\": 25088, \"nout\": 10");
    assertThat(read(own)).isEqualTo(new ZooConfiguration(Architecture.VGG16.convolutions(), false));
  }

  @Test
  void namesWhatIsNoVgg16() {
    refused(
        zoo().replaceFirst("\"nout\" : 64", "\"nout\" : 32"),
        "f.zip: the kernel of block1_conv1 is (3 x 3 x 3 x 32), but VGG16 has (3 x 3 x 3 x 64) there");
    refused(
        Configurations.version09(Architecture.VGG16.convolutions().subList(0, 12)),
        "f.zip: layer block5_conv3 is missing; its kernel should be (3 x 3 x 512 x 512)");
    refused(
        zoo().replaceFirst("\"hasBias\" : true", "\"hasBias\" : false"),
        "block1_conv1 has no bias");
    refused(
        zoo().replace("CnnToFeedForwardPreProcessor", "Other"),
        "does not say in which order fc1 takes its inputs");
    refused("{}", "layer block1_conv1 is missing");
    refused(zoo().replaceFirst("\\[ \"0\" \\]", "[ \"in\" ]"), "behind 'in' come 2 layers");
  }

  private static void refused(String json, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining(words);
  }
}
