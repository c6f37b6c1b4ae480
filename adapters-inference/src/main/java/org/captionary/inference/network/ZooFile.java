package org.captionary.inference.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A VGG16 or VGG19 of DL4J, as its ModelSerializer writes it: {@code configuration.json}, and in
 * {@code coefficients.bin} all parameters in a row. It is unpacked once, in Keras's order, as parts
 * of a deflated stream cannot be read by themselves.
 */
final class ZooFile {

  private static final int BUFFER = 1 << 16;

  private final Architecture architecture;
  private final Path file;
  private final ZipFile zip;

  private ZooFile(Architecture architecture, Path file, ZipFile zip) {
    this.architecture = architecture;
    this.file = file;
    this.zip = zip;
  }

  /**
   * @param folder that it is unpacked into, as {@code <file name>.weights}, made if missing
   * @throws UnusableWeightsException naming file, layer, expected and found shape
   */
  static StoredValues open(Architecture architecture, Path file, Path folder) {
    if (!architecture.isVgg()) {
      throw new UnusableWeightsException(
          "%s is a zip, but DL4J's %s is another network than Keras's"
              .formatted(file, architecture.title()));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new ZooFile(architecture, file, zip)
          .unpacked(folder.resolve(file.getFileName() + ".weights"));
    } catch (IOException e) {
      throw new UnusableWeightsException(
          "%s is damaged, cut off or cannot be unpacked into %s: %s".formatted(file, folder, e), e);
    }
  }

  private StoredValues unpacked(Path target) throws IOException {
    ZooConfiguration configuration;
    try (InputStream in = entry("configuration.json")) {
      configuration = ZooConfiguration.read(architecture, file, in);
    }
    if (!isUnpacked(target)) {
      unpack(configuration, target);
    }
    return new StoredValues(target, ByteOrder.LITTLE_ENDIAN, places(configuration.layers()));
  }

  /** What is unpacked bears the time of the zip, whoever unpacked it. */
  private boolean isUnpacked(Path target) throws IOException {
    return new KeptHash(file, target.getParent()).get().isPresent()
        && Files.exists(target)
        && FileStamp.of(target).modifiedMillis() == FileStamp.of(file).modifiedMillis();
  }

  private InputStream entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new UnusableWeightsException(
          "%s is a zip without %s: no model of DL4J%s".formatted(file, name, kerasHint()));
    }
    return new BufferedInputStream(zip.getInputStream(entry), BUFFER);
  }

  private String kerasHint() {
    return zip.getEntry("model.weights.h5") == null
        ? ""
        : ", but a .keras file; unpack its model.weights.h5 and name that";
  }

  /** Each layer in the order of {@link WeightsHash}: kernel, bias. */
  private static Map<WeightedLayer, StoredLayer> places(List<WeightedLayer> layers) {
    Map<WeightedLayer, StoredLayer> places = new TreeMap<>();
    long at = 0;
    for (WeightedLayer layer : layers) {
      long bias = at + 4L * layer.kernelLength();
      places.put(layer, new StoredLayer(at, bias));
      at = bias + 4L * layer.outputs();
    }
    return places;
  }

  private void unpack(ZooConfiguration configuration, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path part = Files.createTempFile(target.getParent(), "unpacked", ".part");
    try (DataInputStream in = new DataInputStream(entry("coefficients.bin"))) {
      new ZooParameters(file, in).write(configuration, places(configuration.layers()), part);
      Files.setLastModifiedTime(part, Files.getLastModifiedTime(file));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
