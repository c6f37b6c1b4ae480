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
