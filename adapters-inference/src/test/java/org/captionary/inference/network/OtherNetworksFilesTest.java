package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.api.WritableGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.zoo.model.VGG19;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of VGG19 and ResNet50; what all files have in common is tested with VGG16's. */
class OtherNetworksFilesTest {

  private static final LayerValues VGG19S = new Shifted(Architecture.VGG19.convolutions());
  private static final List<WeightedLayer> RESIDUAL = Architecture.RESNET50.layers();

  @TempDir Path folder;

  private Path vgg19() {
    return KerasFiles.write(folder.resolve("vgg19"), file -> KerasFiles.applications(file, VGG19S));
  }

  @Test
  void vgg19IsReadFromFilesOfKeras() {
    NetworkWeights weights = FileWeights.open(Architecture.VGG19, "w", vgg19(), folder);
    assertThat(weights.sha256()).isEqualTo(WeightsHash.of(VGG19S));
    Path third =
        KerasFiles.write(folder.resolve("3.weights.h5"), file -> KerasFiles.keras3(file, VGG19S));
    assertThat(FileWeights.open(Architecture.VGG19, "w", third, folder).sha256())
        .isEqualTo(weights.sha256());
  }

  /** They have layers of the same names, and mostly of the same shapes. */
  @Test
  void vgg19IsNoVgg16() {
    refused(Architecture.VGG16, vgg19(), "holds no VGG16: it has a layer block3_conv4");
    Path vgg16 =
        KerasFiles.write(
            folder.resolve("vgg16"),
            file -> KerasFiles.applications(file, KerasFiles.convolutions()));
    refused(Architecture.VGG19, vgg16, "layer block3_conv4 is missing");
  }

  /** The zoo's own has one dense layer, its ImageNet file as Keras two. */
  @Test
  void vgg19IsReadFromConfigurationsOfTheZoo() throws IOException {
    assertThat(configuration(VGG19.builder().numClasses(1000).build().conf().toJson()))
        .isEqualTo(new ZooConfiguration(Architecture.VGG19.convolutions(), false));
    assertThat(configuration(Configurations.version09(Architecture.VGG19.layers())))
        .isEqualTo(new ZooConfiguration(Architecture.VGG19.layers(), false));
    assertThatThrownBy(() -> configuration(Configurations.version09(Architecture.VGG16.layers())))
        .hasMessageContaining("the kernel of block3_conv4 is (3 x 3 x 256 x 512), but VGG19 has");
  }

  private static ZooConfiguration configuration(String json) throws IOException {
    return ZooConfiguration.read(
        Architecture.VGG19,
        Path.of("f.zip"),
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<WeightedLayer, Folded.Normalization> normalizations() {
    Map<WeightedLayer, Folded.Normalization> all = new HashMap<>();
    for (WeightedLayer layer : RESIDUAL) {
      all.put(
          layer,
          new Folded.Normalization(
              counted(layer, 2), counted(layer, 3), counted(layer, 5), counted(layer, 7)));
    }
    return all;
  }

  private static float[] counted(WeightedLayer layer, int from) {
    float[] values = new float[layer.outputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i / 100f;
    }
    return values;
  }

  private static void normalizations(WritableGroup file) {
    normalizations()
        .forEach(
            (layer, values) -> {
              String name = layer.kerasName().replace("_conv", "_bn");
              WritableGroup group = file.putGroup(name).putGroup(name);
              group.putDataset("gamma:0", values.gamma());
              group.putDataset("beta:0", values.beta());
              group.putDataset("moving_mean:0", values.mean());
              group.putDataset("moving_variance:0", values.variance());
            });
  }

  @Test
  void resNet50IsReadWithItsNormalizations() {
    LayerValues convolutions = new Shifted(RESIDUAL);
    Path file =
        KerasFiles.write(
            folder.resolve("resnet50"),
            out -> {
              KerasFiles.keras2(out, convolutions);
              normalizations(out);
            });
    NetworkWeights weights = FileWeights.open(Architecture.RESNET50, "w", file, folder);
    LayerValues expected = new Folded(convolutions, normalizations());
    assertThat(weights.sha256()).isEqualTo(WeightsHash.of(expected));
    WeightedLayer layer = Architecture.RESNET50.layer("conv2_block1_0_conv");
    assertThat(weights.bias(layer)).isEqualTo(expected.bias(layer));
  }

  @Test
  void whatIsNoResNet50IsRefused() throws IOException {
    LayerValues stem = new Shifted(RESIDUAL.subList(0, 1));
    refused(
        Architecture.RESNET50,
        KerasFiles.write(folder.resolve("stem"), file -> KerasFiles.keras2(file, stem)),
        "layer conv2_block1_0_conv is missing");
    Path deeper =
        KerasFiles.write(
            folder.resolve("resnet101"),
            file -> {
              KerasFiles.keras2(file, stem);
              file.putGroup("conv4_block23_3_conv");
            });
    refused(Architecture.RESNET50, deeper, "no ResNet50: it has a layer conv4_block23_3_conv");
    refused(Architecture.RESNET50, vgg19(), "no group conv1_conv of Keras");
    Path zip = Files.write(folder.resolve("zoo.zip"), new byte[] {'P', 'K', 3, 4});
    refused(Architecture.RESNET50, zip, "is a zip, but DL4J's ResNet50 is another network");
  }

  @Test
  void aResNet50WithoutNormalizationsIsRefused() {
    Path file =
        KerasFiles.write(
            folder.resolve("bare"), out -> KerasFiles.keras2(out, new Shifted(RESIDUAL)));
    refused(Architecture.RESNET50, file, "layer conv1_bn is missing");
  }

  private void refused(Architecture architecture, Path file, String... words) {
    assertThatThrownBy(() -> FileWeights.open(architecture, "w", file, folder))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(Arrays.copyOf(words, words.length));
  }
}
