package org.captionary.inference.download;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * The files with VGG16's ImageNet weights that are published with a checksum. An address is one of
 * such a file if it ends in the file's name; so mirrors are held to the publisher's checksum.
 */
enum OfficialFile {
  /** Keras Applications, keras/src/applications/vgg16.py: 553 MB. */
  KERAS(
      "vgg16_weights_tf_dim_ordering_tf_kernels.h5",
      Checksum.md5("64373286793e3c8b2b4e3219cbf3544b")),
  /** The same without fc1 and fc2: 59 MB. */
  KERAS_NOTOP(
      "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
      Checksum.md5("6d6bbae143d832006294945121d1f1fc")),
  /** deeplearning4j-zoo, org.deeplearning4j.zoo.model.VGG16. */
  DL4J("vgg16_dl4j_inference.zip", Checksum.adler32(3501732770L));

  private final String fileName;
  private final Checksum checksum;

  OfficialFile(String fileName, Checksum checksum) {
    this.fileName = fileName;
    this.checksum = checksum;
  }

  static Optional<Source> at(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    return Arrays.stream(values())
        .filter(file -> path.endsWith("/" + file.fileName))
        .findFirst()
        .map(file -> new Source(address, file.fileName, file.checksum));
  }

  String fileName() {
    return fileName;
  }
}
