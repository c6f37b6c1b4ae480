package org.captionary.domain.preparation;

import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.photo.SnapshotId;

/** The reading of a data set's text files into a snapshot, and what it tells of itself. */
final class TextReading {

  private final SnapshotId snapshot;
  private final ChunkCommit commit;
  private final SortedMap<String, String> encodings = new TreeMap<>();
  private long captionRows;

  TextReading(SnapshotId snapshot, ChunkCommit commit) {
    this.snapshot = snapshot;
    this.commit = commit;
  }

  SnapshotId snapshot() {
    return snapshot;
  }

  ChunkCommit commit() {
    return commit;
  }

  void countCaptionRow() {
    captionRows++;
  }

  void noteEncoding(String source, String encoding) {
    encodings.put(source, encoding);
  }

  ReportRepository.TextAccount account() {
    return new ReportRepository.TextAccount(captionRows, encodings);
  }
}
