package org.captionary.persistence.files;

import java.util.List;
import java.util.Optional;

/**
 * The member of a sample that holds its captions.
 *
 * @param source shard and name
 */
record CaptionMember(String source, Kind kind, byte[] bytes) {

  /** In bytes. */
  static final int LARGEST = 1 << 24;

  /** In the order in which they are preferred: img2dataset repeats the text in its JSON. */
  enum Kind {
    TXT("txt"),
    CAPTION("caption"),
    JSON("json");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }

    static Optional<Kind> byEnding(String ending) {
      return List.of(values()).stream().filter(kind -> kind.ending.equals(ending)).findFirst();
    }
  }
}
