package org.captionary.inference.vgg16;

import java.nio.file.Path;
import java.util.Set;
import org.captionary.domain.photo.ContentHash;

/**
 * Weights out of a file.
 *
 * @param sha256 their {@link WeightsHash}
 */
record FileWeights(String name, ContentHash sha256, LayerValues values) implements Vgg16Weights {

  /**
   * Opens a file whatever its name: HDF5 as Keras writes it, or the zip of DL4J's ModelSerializer.
   *
   * @param name what the weights are called
   * @param folder where hashes are kept, and what is unpacked
   * @throws UnusableWeightsException naming the file and what is wrong with it
   */
  static FileWeights open(String name, Path file, Path folder) {
    LayerValues values =
        switch (FileKind.of(file)) {
          case HDF5 -> KerasFile.open(file);
          case ZIP -> ZooFile.open(file, folder);
        };
    KeptHash kept = new KeptHash(file, folder);
    return new FileWeights(
        name, kept.get().orElseGet(() -> kept.keep(WeightsHash.of(values))), values);
  }

  @Override
  public Set<WeightedLayer> layers() {
    return values.layers();
  }

  @Override
  public void readKernel(WeightedLayer layer, int from, float[] into) {
    values.readKernel(layer, from, into);
  }

  @Override
  public float[] bias(WeightedLayer layer) {
    return values.bias(layer);
  }
}
