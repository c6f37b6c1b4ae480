package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.photo.SnapshotId;

/** Gathers the rows of a text file, those rejected among them, and writes them chunk by chunk. */
abstract class RowChunks {

  private static final int CHUNK = 10_000;

  final SnapshotId snapshot;
  final List<RejectedInput> rejected = new ArrayList<>();
  final TextReading reading;
  private final Ports ports;

  RowChunks(Ports ports, TextReading reading) {
    this.ports = ports;
    this.reading = reading;
    this.snapshot = reading.snapshot();
  }

  public void encoding(String source, String encoding) {
    reading.noteEncoding(source, encoding);
  }

  public void rejected(RejectedInput row) {
    rejected.add(row);
    flushIfFull();
  }

  void flushIfFull() {
    if (gathered() + rejected.size() >= CHUNK) {
      flush();
    }
  }

  void flush() {
    reading
        .commit()
        .part(
            () -> {
              write();
              ports.snapshots().addRejected(snapshot, rejected);
            });
    ports.observer().rejected(List.copyOf(rejected));
    rejected.clear();
    clear();
  }

  /** How many rows wait to be written. */
  abstract int gathered();

  /** Writes what was gathered; what turns out to be unusable becomes rejected. */
  abstract void write();

  /** Forgets what was written. */
  abstract void clear();
}
