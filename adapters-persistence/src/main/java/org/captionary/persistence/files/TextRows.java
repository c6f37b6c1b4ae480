package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.RejectedInput;

/** Reads text files row by row and hashes them in the same pass. A row is a line, not blank. */
final class TextRows {

  private final AllowedFolders folders;
  private final FileOpener opener;

  TextRows(AllowedFolders folders, FileOpener opener) {
    this.folders = folders;
    this.opener = opener;
  }

  /** What a format makes of a row. */
  @FunctionalInterface
  interface RowReader {
    void read(Line row) throws BadRowException;
  }

  /**
   * Hands each row either to {@code rows} or, with a reason, to {@code rejected}.
   *
   * @return of the bytes that were read
   * @throws InvalidInputException on the file's field, also if reading fails half-way
   */
  ContentHash read(TextFile file, RowReader rows, Consumer<RejectedInput> rejected) {
    Path real = folders.file(file.field(), file.path());
    MessageDigest digest = ContentHash.newDigest();
    try (InputStream in = new DigestInputStream(opener.open(real), digest)) {
      LineReader lines = new LineReader(in);
      for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        hand(file, line.get(), rows, rejected);
      }
    } catch (IOException e) {
      throw folders.refused(file.field(), file.path(), AllowedFolders.expected("file", e));
    }
    return ContentHash.ofDigest(digest.digest());
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
