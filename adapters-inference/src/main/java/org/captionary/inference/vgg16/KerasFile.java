package org.captionary.inference.vgg16;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights in HDF5, as Keras writes them: the files of Keras Applications, {@code save_weights} and
 * whole models. What a layer holds is told by its shape: the kernel has 4 or 2 axes, the bias 1.
 * jHDF finds where the values lie; {@link StoredValues} reads them.
 */
final class KerasFile {

  private final Path path;
  private final HdfFile file;
  private final Set<ByteOrder> orders = new HashSet<>();

  private KerasFile(Path path, HdfFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * @throws UnusableWeightsException naming file, layer, expected and found shape
   */
  static StoredValues open(Path path) {
    try (HdfFile file = new HdfFile(path)) {
      return new KerasFile(path, file).values();
    } catch (UnusableWeightsException e) {
      throw e;
    } catch (RuntimeException e) {
      // jHDF throws all kinds of them when what it reads makes no sense.
      throw new UnusableWeightsException(
          "%s is damaged or cut off: it cannot be read as HDF5 (%s)"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private StoredValues values() {
    requireWhole();
    Map<WeightedLayer, Group> groups = new KerasGroups(path, file).find();
    Map<WeightedLayer, StoredLayer> layers = new EnumMap<>(WeightedLayer.class);
    groups.forEach((layer, group) -> layers.put(layer, stored(layer, group)));
    if (orders.size() > 1) {
      throw new UnusableWeightsException(path + ": some numbers are big-endian, others are not");
    }
    return new StoredValues(path, orders.iterator().next(), layers);
  }

  private void requireWhole() {
    long end = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (end > FileStamp.of(path).size()) {
      throw new UnusableWeightsException(
          "%s is cut off: it should have %d bytes, but has %d"
              .formatted(path, end, FileStamp.of(path).size()));
    }
  }

  private StoredLayer stored(WeightedLayer layer, Group group) {
    List<Dataset> found = KerasGroups.datasets(group);
    int[] kernel = layer.kernelShape();
    return new StoredLayer(
        place(only(found, layer, "kernel", kernel.length), layer, "kernel", kernel),
        place(only(found, layer, "bias", 1), layer, "bias", layer.outputs()));
  }

  private Dataset only(List<Dataset> found, WeightedLayer layer, String part, int axes) {
    List<Dataset> fitting = found.stream().filter(d -> d.getDimensions().length == axes).toList();
    if (fitting.size() != 1) {
      throw new UnusableWeightsException(
          "%s: for the %s of %s one array with %d axes is expected, but there are %d: %s"
              .formatted(path, part, layer.kerasName(), axes, fitting.size(), described(found)));
    }
    return fitting.get(0);
  }

  private static List<String> described(List<Dataset> found) {
    return found.stream()
        .map(dataset -> dataset.getPath() + " " + KernelShape.text(dataset.getDimensions()))
        .toList();
  }

  /** The byte of the file at which the values begin. */
  private long place(Dataset dataset, WeightedLayer layer, String part, int... shape) {
    KernelShape.require(path, layer, part, shape, dataset.getDimensions());
    if (!(dataset.getDataType() instanceof FloatingPoint type) || type.getSize() != 4) {
      throw refused(dataset, "holds no float32");
    }
    if (!(dataset instanceof ContiguousDataset values) || values.isEmpty()) {
      throw refused(dataset, "is compressed or in chunks; save it as Keras does, without");
    }
    orders.add(type.getByteOrder());
    return values.getDataAddress() + file.getUserBlockSize();
  }

  private UnusableWeightsException refused(Dataset dataset, String why) {
    return new UnusableWeightsException("%s: %s %s".formatted(path, dataset.getPath(), why));
  }
}
