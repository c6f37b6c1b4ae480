package org.captionary.inference.network;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the group of each layer in an HDF5 file of Keras.
 *
 * <ul>
 *   <li>Keras 1 and 2, and Keras Applications: groups by the layers' names, at the top, in {@code
 *       model_weights}, or in a model within the model.
 *   <li>Keras 3 ({@code .weights.h5}): by the layers' kinds, counted: {@code conv2d}, {@code
 *       conv2d_1} and so on, then {@code dense} and {@code dense_1}.
 * </ul>
 *
 * Without fc1 and fc2 (Keras's {@code include_top=False}) the convolutions are found alone.
 */
final class KerasGroups {

  private static final Pattern CONVOLUTION =
      Pattern.compile("block\\d_conv\\d|conv\\d_block\\d+_\\d_conv");

  /** An optimizer keeps arrays of the same shapes by the same names. */
  private static final Set<String> OPTIMIZER = Set.of("optimizer", "optimizer_weights");

  private final Architecture architecture;
  private final Path path;
  private final Group root;

  KerasGroups(Architecture architecture, Path path, Group root) {
    this.architecture = architecture;
    this.path = path;
    this.root = root;
  }

  Map<WeightedLayer, Group> find() {
    List<WeightedLayer> convolutions = architecture.convolutions();
    String first = convolutions.get(0).kerasName();
    String lastCounted = countedName(convolutions.get(convolutions.size() - 1));
    Map<WeightedLayer, Group> found =
        parentOf(first)
            .map(this::named)
            .or(
                () ->
                    architecture.isVgg()
                        ? parentOf(lastCounted).map(this::counted)
                        : Optional.empty())
            .orElseThrow(
                () ->
                    new UnusableWeightsException(
                        "%s holds no %s: there is no group %s of Keras in it"
                            .formatted(path, architecture.title(), first)));
    requireComplete(found);
    return found;
  }

  /** The group that holds a group of this name; the whole file is searched, from the top. */
  private Optional<Group> parentOf(String name) {
    List<Group> parents = parentsOf(name, root).toList();
    if (parents.size() > 1) {
      throw new UnusableWeightsException(
          "%s holds more than one %s: in %s"
              .formatted(path, name, parents.stream().map(Node::getPath).toList()));
    }
    return parents.stream().findFirst();
  }

  private static Stream<Group> parentsOf(String name, Group group) {
    if (group.getChildren().get(name) instanceof Group) {
      return Stream.of(group);
    }
    return group.getChildren().values().stream()
        .filter(child -> child instanceof Group && !OPTIMIZER.contains(child.getName()))
        .flatMap(child -> parentsOf(name, (Group) child));
  }

  private Map<WeightedLayer, Group> named(Group parent) {
    requireNoOther(parent);
    Map<WeightedLayer, Group> found = new TreeMap<>();
    for (WeightedLayer layer : architecture.layers()) {
      group(parent, layer.kerasName()).ifPresent(group -> found.put(layer, group));
    }
    return found;
  }

  /** VGG16's layers are all in VGG19 too, by the same names, and ResNet50's in ResNet101. */
  private void requireNoOther(Group parent) {
    Set<String> own =
        architecture.layers().stream().map(WeightedLayer::kerasName).collect(Collectors.toSet());
    parent.getChildren().keySet().stream()
        .filter(name -> CONVOLUTION.matcher(name).matches() && !own.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UnusableWeightsException(
                  "%s holds no %s: it has a layer %s".formatted(path, architecture.title(), name));
            });
  }

  /** Dense layers of other shapes are those of somebody's own head. */
  private Map<WeightedLayer, Group> counted(Group parent) {
    Map<WeightedLayer, Group> found = new TreeMap<>();
    for (WeightedLayer layer : architecture.layers()) {
      group(parent, countedName(layer))
          .filter(group -> layer.isConvolution() || holds(group, layer.kernelShape()))
          .ifPresent(group -> found.put(layer, group));
    }
    return found;
  }

  private String countedName(WeightedLayer layer) {
    String kind = layer.isConvolution() ? "conv2d" : "dense";
    int number = layer.place() - (layer.isConvolution() ? 0 : architecture.convolutions().size());
    return number == 0 ? kind : kind + "_" + number;
  }

  /**
   * The group of the batch normalisation behind a convolution.
   *
   * @param group the convolution's
   */
  static Group normalization(Path path, WeightedLayer layer, Group group) {
    String name = layer.kerasName().replaceFirst("_conv$", "_bn");
    return group(group.getParent(), name)
        .orElseThrow(
            () -> new UnusableWeightsException("%s: layer %s is missing".formatted(path, name)));
  }

  /** Layers without weights, such as pooling, have empty groups. */
  private static Optional<Group> group(Group parent, String name) {
    return Optional.ofNullable(parent.getChildren().get(name))
        .filter(Group.class::isInstance)
        .map(Group.class::cast)
        .filter(group -> !datasets(group).isEmpty());
  }

  private static boolean holds(Group group, int... shape) {
    return datasets(group).stream().anyMatch(data -> Arrays.equals(data.getDimensions(), shape));
  }

  /** All arrays below a group. */
  static List<Dataset> datasets(Group group) {
    return group.getChildren().values().stream().flatMap(KerasGroups::datasetsOf).toList();
  }

  private static Stream<Dataset> datasetsOf(Node node) {
    if (node instanceof Dataset dataset) {
      return Stream.of(dataset);
    }
    return node instanceof Group group ? datasets(group).stream() : Stream.empty();
  }

  private void requireComplete(Map<WeightedLayer, Group> found) {
    boolean withTop = architecture.dense().stream().anyMatch(found::containsKey);
    for (WeightedLayer layer : withTop ? architecture.layers() : architecture.convolutions()) {
      if (!found.containsKey(layer)) {
        throw new UnusableWeightsException(
            "%s: layer %s is missing; its kernel should be %s"
                .formatted(path, layer.kerasName(), KernelShape.text(layer.kernelShape())));
      }
    }
  }
}
