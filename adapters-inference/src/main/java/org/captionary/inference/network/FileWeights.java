package org.captionary.inference.network;

import java.nio.file.Path;

/** Weights out of a file. */
final class FileWeights {

  private FileWeights() {}

  /**
   * Opens a file whatever its name: HDF5 as Keras writes it, or the zip of DL4J's ModelSerializer.
   *
   * @param name what the weights are called
   * @param folder where hashes are kept, and what is unpacked
   * @throws UnusableWeightsException naming the file and what is wrong with it
   */
  static NetworkWeights open(Architecture architecture, String name, Path file, Path folder) {
    LayerValues values =
        switch (FileKind.of(file)) {
          case HDF5 -> KerasFile.open(architecture, file);
          case ZIP -> ZooFile.open(architecture, file, folder);
        };
    KeptHash kept = new KeptHash(file, folder);
    return new NetworkWeights(
        architecture, name, kept.get().orElseGet(() -> kept.keep(WeightsHash.of(values))), values);
  }
}
