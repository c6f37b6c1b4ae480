package org.captionary.inference.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * By what a file is taken for unchanged, without reading it.
 *
 * @param size in bytes
 * @param modifiedMillis since 1970
 */
record FileStamp(long size, long modifiedMillis) {

  /**
   * @throws UnusableWeightsException if there is no such file
   */
  static FileStamp of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (!found.isRegularFile()) {
        throw new UnusableWeightsException(file + " is not a file");
      }
      return new FileStamp(found.size(), found.lastModifiedTime().toMillis());
    } catch (IOException e) {
      throw new UnusableWeightsException("there is no file " + file + " that can be read", e);
    }
  }
}
