package org.captionary.domain.preparation;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.SnapshotId;

/**
 * A data set's photos and captions as one import found them. Complete once, then never changed.
 *
 * @param fingerprint of the files when the import began
 * @param text the hashes of the text files; empty until they are read
 * @param content of all that was read; empty until complete
 */
public record Snapshot(
    SnapshotId id,
    String dataset,
    ContentHash fingerprint,
    Optional<TextFiles> text,
    Optional<ContentHash> content) {

  /**
   * The hashes of a data set's text files.
   *
   * @param splits by name
   * @param annotations of those that the data set has
   */
  public record TextFiles(
      ContentHash captions,
      SortedMap<String, ContentHash> splits,
      SortedMap<Annotators, ContentHash> annotations) {

    public TextFiles {
      splits = new TreeMap<>(splits);
      annotations = new TreeMap<>(annotations);
    }

    /** Those of a data set without annotations. */
    public TextFiles(ContentHash captions, SortedMap<String, ContentHash> splits) {
      this(captions, splits, new TreeMap<>());
    }
  }
}
