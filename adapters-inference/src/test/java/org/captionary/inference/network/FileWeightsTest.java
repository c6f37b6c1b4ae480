package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of the true shapes; those of fc1 are too large here, and checked by .ci/check-weights.sh.
 */
class FileWeightsTest {

  private static final LayerValues VALUES = KerasFiles.convolutions();

  @TempDir static Path shared;
  private static Path whole;

  @TempDir Path folder;

  @BeforeAll
  static void writeWhole() {
    whole =
        KerasFiles.write(shared.resolve("any.name"), file -> KerasFiles.applications(file, VALUES));
  }

  static Stream<Arguments> layouts() {
    return Stream.<BiConsumer<WritableGroup, LayerValues>>of(
            KerasFiles::applications,
            KerasFiles::keras2,
            KerasFiles::keras3,
            (file, values) -> KerasFiles.keras2(file.putGroup("model_weights"), values),
            (file, values) ->
                KerasFiles.keras2(file.putGroup("model_weights").putGroup("vgg16"), values),
            (file, values) -> {
              KerasFiles.keras2(file.putGroup("model_weights"), values);
              KerasFiles.keras2(file.putGroup("optimizer_weights"), values);
            })
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readsEachLayoutOfKeras(BiConsumer<WritableGroup, LayerValues> layout) {
    Path file = KerasFiles.write(folder.resolve("w"), out -> layout.accept(out, VALUES));

    NetworkWeights weights = FileWeights.open(Architecture.VGG16, "w", file, folder);

    assertThat(weights.layers()).isEqualTo(VALUES.layers());
    assertThat(weights.sha256()).isEqualTo(WeightsHash.of(VALUES));
  }

  @Test
  void readsAKernelInPartsAndABias() {
    NetworkWeights weights = FileWeights.open(Architecture.VGG16, "w", whole, folder);
    WeightedLayer layer = Architecture.VGG16.layer("block5_conv3");
    float[] all = new float[layer.kernelLength()];
    VALUES.readKernel(layer, 0, all);

    float[] part = new float[1_500_000];
    weights.readKernel(layer, 700_001, part);

    assertThat(part).isEqualTo(Arrays.copyOfRange(all, 700_001, 2_200_001));
    assertThat(weights.bias(layer)).isEqualTo(VALUES.bias(layer));
  }

  @Test
  void anExtractorWithoutDenseLayersGivesTheOthers() {
    try (NetworkExtractor extractor =
        NetworkExtractor.withFile(Network.VGG16, "own", whole, folder, EngineSettings.defaults())) {
      assertThat(extractor.layers())
          .isEqualTo(EnumSet.of(FeatureLayer.AVG, FeatureLayer.BLOCK5_POOL));
      assertThatThrownBy(() -> extractor.extract(List.of(), Set.of(FeatureLayer.FC1)))
          .hasMessage("layers: [FC1] are not all among [BLOCK5_POOL, AVG]");
      assertThat(extractor.identity().weights()).isEqualTo("own");
      assertThat(extractor.identity().weightsSha256()).isEqualTo(WeightsHash.of(VALUES));
    }
  }

  @Test
  void keepsTheHashAsLongAsTheFileIsTheSame() throws IOException {
    assertThat(NetworkExtractor.isKnown(whole, folder)).isFalse();
    FileWeights.open(Architecture.VGG16, "w", whole, folder);
    assertThat(NetworkExtractor.isKnown(whole, folder)).isTrue();

    Path kept = folder.resolve("any.name.sha256");
    String forged = "0".repeat(64);
    Files.writeString(kept, forged + Files.readString(kept).substring(64));
    assertThat(FileWeights.open(Architecture.VGG16, "w", whole, folder).sha256().hex())
        .isEqualTo(forged);

    Files.setLastModifiedTime(whole, FileTime.fromMillis(1_000_000));
    assertThat(FileWeights.open(Architecture.VGG16, "w", whole, folder).sha256())
        .isEqualTo(WeightsHash.of(VALUES));
  }

  @Test
  void readsTheFileAnewWhereNothingCanBeKept() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("file"), "");

    assertThat(FileWeights.open(Architecture.VGG16, "w", whole, noFolder).sha256())
        .isEqualTo(WeightsHash.of(VALUES));
  }

  @Test
  void refusesAFileThatChangedWhileInUse() throws IOException {
    Path copy = Files.copy(whole, folder.resolve("copy"));
    NetworkWeights weights = FileWeights.open(Architecture.VGG16, "w", copy, folder);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000_000));

    assertThatThrownBy(() -> weights.bias(Architecture.VGG16.layer("block1_conv1")))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessage(copy + " was changed since the service was started");
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.001", "0.99999"})
  void refusesACutOffFile(double share) throws IOException {
    Path cut = Files.copy(whole, folder.resolve("cut"));
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      channel.truncate((long) (share * channel.size()));
    }

    refused(cut, "cut off");
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE html><html>', a web page",
    "'  <html lang=en>', a web page",
    "'version https://git-lfs.github.com/spec/v1', a pointer of Git LFS",
    "'\u0093NUMPY', it begins with the bytes c2934e554d5059",
    "'', it is empty"
  })
  void saysWhatAnotherFileLooksLike(String content, String words) throws IOException {
    Path file = Files.writeString(folder.resolve("vgg16.h5"), content);

    refused(file, "neither an HDF5 file (.h5 of Keras) nor a zip (of DL4J)", words);
  }

  @Test
  void refusesWhatIsNoFile() {
    refused(folder, "is not a file");
    refused(folder.resolve("missing"), "there is no file");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("no group block1_conv1", file -> file.putGroup("conv1")),
        wrong(
            "the kernel of block1_conv1 is (64 x 3 x 3 x 3), but VGG16 has (3 x 3 x 3 x 64) there (this is Theano's",
            file -> layer(file, KerasFiles.zeros(64, 3, 3, 3), new float[64])),
        wrong(
            "the kernel of block1_conv1 is (3 x 3 x 1 x 64), but VGG16 has (3 x 3 x 3 x 64) there",
            file -> layer(file, KerasFiles.zeros(3, 3, 1, 64), new float[64])),
        wrong(
            "the bias of block1_conv1 is (32), but VGG16 has (64) there",
            file -> layer(file, KerasFiles.zeros(3, 3, 3, 64), new float[32])),
        wrong(
            "one array with 4 axes is expected, but there are 0",
            file -> layer(file, new float[64], new float[64])),
        wrong("holds no float32", file -> layer(file, new double[3][3][3][64], new float[64])),
        wrong(
            "block1_conv2 is missing; its kernel should be (3 x 3 x 64 x 64)",
            file -> {
              WritableGroup group = file.putGroup("block1_conv1");
              group.putDataset("k", KerasFiles.zeros(3, 3, 3, 64));
            }),
        wrong(
            "holds more than one block1_conv1",
            file -> {
              layer(file.putGroup("a"), KerasFiles.zeros(3, 3, 3, 64), new float[64]);
              layer(file.putGroup("b"), KerasFiles.zeros(3, 3, 3, 64), new float[64]);
            }),
        wrong(
            "layer fc2 is missing",
            file -> {
              KerasFiles.applications(file, VALUES);
              file.putGroup("fc1").putDataset("kernel", KerasFiles.zeros(8, 4096));
            }));
  }

  /** All layers are there, each with these arrays. */
  private static void layer(WritableGroup file, Object kernel, Object bias) {
    for (WeightedLayer layer : Architecture.VGG16.convolutions()) {
      WritableGroup group = file.putGroup(layer.kerasName());
      group.putDataset("kernel", kernel);
      group.putDataset("bias", bias);
    }
  }

  private static Arguments wrong(String words, Consumer<WritableGroup> content) {
    return Arguments.of(words, content);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesWhatIsWrong(String words, Consumer<WritableGroup> content) {
    refused(KerasFiles.write(folder.resolve("wrong"), content), words);
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> FileWeights.open(Architecture.VGG16, "w", file, folder))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContainingAll(
            Stream.concat(Stream.of(file.toString()), Arrays.stream(words)).toArray(String[]::new))
        .message()
        .doesNotContain("\n");
  }
}
