package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;

/** Writes a batch as .npz; {@link NpzWriter} says how. */
public final class NpzEncoder implements EncodedBatch {

  private final Batch batch;

  public NpzEncoder(Batch batch) {
    this.batch = batch;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(NpzWriter.length(batch.arrays()));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    NpzWriter writer = new NpzWriter(out);
    for (BatchArray array : batch.arrays()) {
      writer.write(array);
    }
    writer.end();
  }

  /** Gives arrays one by one. */
  @FunctionalInterface
  public interface Source {
    void writeTo(Sink sink) throws IOException;
  }

  /** Takes the next array. */
  @FunctionalInterface
  public interface Sink {
    void write(BatchArray array) throws IOException;
  }

  /** Writes arrays that are too many to be held. */
  public static void stream(Source arrays, OutputStream out) throws IOException {
    NpzWriter writer = new NpzWriter(out);
    arrays.writeTo(writer::write);
    writer.end();
  }
}
