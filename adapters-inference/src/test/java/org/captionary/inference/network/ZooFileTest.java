package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.captionary.domain.photo.ContentHash;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the convolutions alone; fc1 and fc2 are checked by .ci/check-weights.sh. */
class ZooFileTest {

  private static final LayerValues VALUES = KerasFiles.convolutions();

  @TempDir static Path shared;
  private static Path saved;

  @TempDir Path folder;

  /** By DL4J itself. */
  @BeforeAll
  static void save() throws IOException {
    NativeEngine.ready(EngineSettings.defaults());
    ComputationGraph graph = new ComputationGraph(ZooGraphs.convolutions(Architecture.VGG16));
    graph.init();
    GraphWeights.set(
        graph,
        Architecture.VGG16.convolutions(),
        new NetworkWeights(Architecture.VGG16, "w", WeightsHash.of(VALUES), VALUES));
    saved = shared.resolve("model");
    ModelSerializer.writeModel(graph, saved.toFile(), false);
  }

  @Test
  void readsWhatDl4jSaves() {
    NetworkWeights weights = FileWeights.open(Architecture.VGG16, "w", saved, folder);

    assertThat(weights.layers()).isEqualTo(VALUES.layers());
    assertThat(weights.sha256()).isEqualTo(WeightsHash.of(VALUES));
  }

  @Test
  void readsWhatVersion09Saved() throws IOException {
    Path file = folder.resolve("old.zip");
    try (DataOutputStream out =
        zip(file, Configurations.version09(Architecture.VGG16.convolutions()))) {
      head(out, "INT", 8);
      for (int i = 0; i < 8; i++) {
        out.writeInt(i);
      }
      head(out, "FLOAT", 14_714_688);
      for (WeightedLayer layer : Architecture.VGG16.convolutions()) {
        writeOutputsFirst(layer, out);
      }
    }

    assertThat(FileWeights.open(Architecture.VGG16, "w", file, folder).sha256())
        .isEqualTo(WeightsHash.of(VALUES));
  }

  private static DataOutputStream zip(Path file, String configuration) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
    zip.setLevel(Deflater.BEST_SPEED);
    zip.putNextEntry(new ZipEntry("configuration.json"));
    zip.write(configuration.getBytes(StandardCharsets.UTF_8));
    zip.putNextEntry(new ZipEntry("coefficients.bin"));
    return new DataOutputStream(new BufferedOutputStream(zip));
  }

  private static void head(DataOutputStream out, String type, int length) throws IOException {
    out.writeUTF("DIRECT");
    out.writeInt(length);
    out.writeUTF(type);
  }

  private static void writeOutputsFirst(WeightedLayer layer, DataOutputStream out)
      throws IOException {
    for (float value : VALUES.bias(layer)) {
      out.writeFloat(value);
    }
    float[] kernel = new float[layer.kernelLength()];
    VALUES.readKernel(layer, 0, kernel);
    for (int output = 0; output < layer.outputs(); output++) {
      for (int input = 0; input < layer.fanIn() / 9; input++) {
        for (int place = 0; place < 9; place++) {
          out.writeFloat(kernel[(place * layer.fanIn() / 9 + input) * layer.outputs() + output]);
        }
      }
    }
  }

  /** What lies there is taken for granted: it is not even looked at. */
  @Test
  void unpacksOnceAndAnewWhenAFileChanges() throws IOException {
    FileWeights.open(Architecture.VGG16, "w", saved, folder);
    Path unpacked = folder.resolve("model.weights");
    FileTime time = Files.getLastModifiedTime(unpacked);
    byte[] forged = new byte[(int) Files.size(unpacked)];
    Files.write(unpacked, forged);
    Files.setLastModifiedTime(unpacked, time);
    FileWeights.open(Architecture.VGG16, "w", saved, folder);
    assertThat(unpacked).hasBinaryContent(forged);

    Files.setLastModifiedTime(unpacked, FileTime.fromMillis(1_000_000));
    assertThat(unpackedHash()).isEqualTo(WeightsHash.of(VALUES));

    Files.write(unpacked, forged);
    Files.setLastModifiedTime(unpacked, time);
    Files.setLastModifiedTime(saved, FileTime.fromMillis(2_000_000));
    assertThat(unpackedHash()).isEqualTo(WeightsHash.of(VALUES));
    try (var files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("model.weights", "model.sha256");
    }
  }

  private ContentHash unpackedHash() {
    return WeightsHash.of(FileWeights.open(Architecture.VGG16, "w", saved, folder));
  }

  /** As when two processes unpack it at once. */
  @Test
  void isReadOnWhenAnotherUnpacksItAgain() throws IOException {
    NetworkWeights weights = FileWeights.open(Architecture.VGG16, "w", saved, folder);
    Files.delete(folder.resolve("model.sha256"));
    FileWeights.open(Architecture.VGG16, "w", saved, folder);
    assertThat(weights.bias(Architecture.VGG16.layer("block1_conv1")))
        .isEqualTo(VALUES.bias(Architecture.VGG16.layer("block1_conv1")));
  }

  @Test
  void refusesACutOffFile() throws IOException {
    Path cut = Files.copy(saved, folder.resolve("cut"));
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    refused(cut, "is damaged, cut off or cannot be unpacked");
  }

  @Test
  void refusesCoefficientsThatEndEarly() throws IOException {
    Path file = folder.resolve("short.zip");
    try (DataOutputStream out =
        zip(file, Configurations.version09(Architecture.VGG16.convolutions()))) {
      head(out, "INT", 0);
      head(out, "FLOAT", 14_714_688);
      out.writeFloat(1);
    }
    refused(file, "is cut off: its coefficients end early");
  }

  @Test
  void refusesTooFewNumbers() throws IOException {
    Path file = folder.resolve("few.zip");
    try (DataOutputStream out =
        zip(file, Configurations.version09(Architecture.VGG16.convolutions()))) {
      head(out, "INT", 0);
      head(out, "FLOAT", 100);
    }
    refused(file, "14714688 numbers of type FLOAT are needed, but it has 100 of type FLOAT");
  }

  @Test
  void refusesOtherZips() throws IOException {
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
    }
    refused(
        file,
        "is a zip without configuration.json",
        "a .keras file; unpack its model.weights.h5 and name that");
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> FileWeights.open(Architecture.VGG16, "w", file, folder))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(words);
  }
}
