package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.preparation.RejectedInput;

/** Reads text row by row. A row is not blank. */
final class TextRows {

  private TextRows() {}

  /** What a format makes of a row. */
  @FunctionalInterface
  interface RowReader {
    void read(Line row) throws BadRowException;
  }

  /** Where rows come from, one after the other; empty at the end. */
  @FunctionalInterface
  interface Rows {
    Optional<Line> next() throws IOException;
  }

  /**
   * Hands each line either to {@code rows} or, with a reason, to {@code rejected}.
   *
   * @throws IOException only if {@code in} fails
   */
  static void read(InputStream in, TextFile file, RowReader rows, Consumer<RejectedInput> rejected)
      throws IOException {
    read(new LineReader(in)::next, file, rows, rejected);
  }

  /** The same with rows of any source. */
  static void read(Rows source, TextFile file, RowReader rows, Consumer<RejectedInput> rejected)
      throws IOException {
    for (Optional<Line> row = source.next(); row.isPresent(); row = source.next()) {
      hand(file, row.get(), rows, rejected);
    }
  }

  private static void hand(
      TextFile file, Line line, RowReader rows, Consumer<RejectedInput> rejected) {
    try {
      if (line.fault().isPresent()) {
        throw new BadRowException(line.fault().get());
      }
      if (line.text().isBlank()) {
        throw new BadRowException("the row is blank");
      }
      rows.read(line);
    } catch (BadRowException e) {
      rejected.accept(file.rejected(line, e.getMessage()));
    }
  }
}
