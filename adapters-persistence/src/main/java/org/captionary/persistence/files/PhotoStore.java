package org.captionary.persistence.files;

import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/**
 * What a data set's {@code photos} holds. What is wrong with one of them is that photo's affair; a
 * place that fails as a whole is the data set's, so that an unmounted disk quarantines nothing.
 */
interface PhotoStore {

  /**
   * The most bytes that a photo may have.
   *
   * @param bytes 1 to 2,147,483,639: an array holds no more
   */
  static int limit(long bytes) {
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a photo has 1 to 2147483639 bytes, not " + bytes);
    }
    return (int) bytes;
  }

  static void requireSize(long size, int limit) throws UnreadablePhotoException {
    if (size > limit) {
      throw new UnreadablePhotoException("larger than " + limit + " bytes");
    }
  }

  /**
   * Looks whether the place can be read.
   *
   * @throws InvalidInputException on field {@code photos}
   */
  void check(Path photos);

  /**
   * Everything there, whatever it is, in the order of code points, each name once.
   *
   * @throws InvalidInputException on field {@code photos}
   */
  List<String> names(Path photos);

  /**
   * Size and time, without reading it.
   *
   * @throws InvalidInputException on field {@code photos}
   */
  FileStamp stamp(Path photos, String name) throws UnreadablePhotoException;

  /**
   * All bytes.
   *
   * @throws UnreadablePhotoException also if there are more than are allowed
   * @throws InvalidInputException on field {@code photos}
   */
  byte[] read(Path photos, String name) throws UnreadablePhotoException;
}
