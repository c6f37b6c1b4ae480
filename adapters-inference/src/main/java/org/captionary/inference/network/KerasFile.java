package org.captionary.inference.network;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weights in HDF5, as Keras writes them: the files of Keras Applications, {@code save_weights} and
 * whole models. What a layer holds is told by its shape: the kernel has 4 or 2 axes, the bias 1.
 * jHDF finds where the values lie; {@link StoredValues} reads them.
 */
final class KerasFile {

  private final Architecture architecture;
  private final Path path;
  private final HdfFile file;
  private final Set<ByteOrder> orders = new HashSet<>();

  private KerasFile(Architecture architecture, Path path, HdfFile file) {
    this.architecture = architecture;
    this.path = path;
    this.file = file;
  }

  /**
   * @throws UnusableWeightsException naming file, layer, expected and found shape
   */
  static LayerValues open(Architecture architecture, Path path) {
    try (HdfFile file = new HdfFile(path)) {
      return new KerasFile(architecture, path, file).values();
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

  private LayerValues values() {
    requireWhole();
    Map<WeightedLayer, Group> groups = new KerasGroups(architecture, path, file).find();
    Map<WeightedLayer, StoredLayer> layers = new TreeMap<>();
    groups.forEach((layer, group) -> layers.put(layer, stored(layer, group)));
    if (orders.size() > 1) {
      throw new UnusableWeightsException(path + ": some numbers are big-endian, others are not");
    }
    LayerValues stored = new StoredValues(path, orders.iterator().next(), layers);
    return architecture.isVgg() ? stored : new Folded(stored, normalizations(groups));
  }

  private Map<WeightedLayer, Folded.Normalization> normalizations(
      Map<WeightedLayer, Group> groups) {
    Map<WeightedLayer, Folded.Normalization> all = new TreeMap<>();
    groups.forEach(
        (layer, group) -> {
          Group found = KerasGroups.normalization(path, layer, group);
          all.put(
              layer,
              new Folded.Normalization(
                  vector(found, layer, "gamma"),
                  vector(found, layer, "beta"),
                  vector(found, layer, "moving_mean"),
                  vector(found, layer, "moving_variance")));
        });
    return all;
  }

  /** Told by its name, as all four have the same shape. */
  private float[] vector(Group group, WeightedLayer layer, String name) {
    List<Dataset> found = KerasGroups.datasets(group);
    Dataset dataset =
        found.stream()
            .filter(candidate -> candidate.getName().replaceFirst(":.*", "").equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableWeightsException(
                        "%s: %s has no %s, but %s"
                            .formatted(path, group.getPath(), name, described(found))));
    KernelShape.require(path, layer, name, new int[] {layer.outputs()}, dataset.getDimensions());
    if (dataset.getDataFlat() instanceof float[] values) {
      return values;
    }
    throw refused(dataset, "holds no float32");
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
