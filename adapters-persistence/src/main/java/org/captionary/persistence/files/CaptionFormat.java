package org.captionary.persistence.files;

import java.io.IOException;
import java.util.List;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/** How captions stand in a file. Knows nothing of folders. Safe for use by several threads. */
interface CaptionFormat {

  /** As data sets name it. */
  String name();

  /** Whether photos may lie in folders below the data set's. */
  default boolean nested() {
    return false;
  }

  /** The splits that the file itself may put photos into. */
  default List<Split> splits() {
    return List.of();
  }

  /** Whether a file that begins so is of this format. A file is of one format at most. */
  boolean recognises(Head head);

  /**
   * Hands each row on, in dataset order, as captions or with the reason why it is none. Holds one
   * row in memory, and what the format says beside.
   *
   * @param file that rejected rows name
   * @throws IOException if the source fails, or if the file is broken as a whole, with where and
   *     why
   */
  void read(TextSource source, TextFile file, CaptionSink sink) throws IOException;
}
