package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;
import org.captionary.domain.preparation.DatasetFiles.JudgementSink;
import org.captionary.domain.preparation.DatasetFiles.SplitSink;
import org.captionary.domain.preparation.DatasetFiles.TextSink;

/**
 * Reads text files of data sets, row by row. Lists of splits, a file name a row, and judgements
 * look the same in every format.
 */
final class TextFiles {

  private final AllowedFolders folders;
  private final FileOpener opener;

  TextFiles(AllowedFolders folders, FileOpener opener) {
    this.folders = folders;
    this.opener = opener;
  }

  /** What reads a file from its beginning, as often as it likes. */
  interface Reader {
    void read(TextSource source) throws IOException;
  }

  /** Lists of splits, and judgements. */
  static Stream<TextFile> besideCaptions(Dataset dataset) {
    return Stream.concat(
        dataset.splits().keySet().stream().map(name -> TextFile.split(dataset, new Split(name))),
        dataset.annotations().keySet().stream().map(of -> TextFile.annotations(dataset, of)));
  }

  /**
   * The real path of a file that can be read.
   *
   * @throws InvalidInputException on the file's field
   */
  Path real(TextFile file) {
    return folders.file(file.field(), file.path());
  }

  /**
   * Size and time.
   *
   * @throws InvalidInputException on the file's field
   */
  FileStamp stamp(TextFile file) {
    Path real = real(file);
    try {
      return PhotoFolder.stampOf(Files.readAttributes(real, BasicFileAttributes.class));
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  ContentHash readSplit(Dataset dataset, Split split, SplitSink sink) {
    TextFile file = TextFile.split(dataset, split);
    return read(
        file,
        sink,
        source -> TextRows.read(source.open(), file, row -> photo(row, sink), sink::rejected));
  }

  private static void photo(Line row, SplitSink sink) throws BadRowException {
    sink.photo(PhotoNames.id(row.text()), row.number(), row.text());
  }

  ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink) {
    TextFile file = TextFile.annotations(dataset, annotators);
    TextRows.RowReader rows = JudgementRows.reader(annotators, sink);
    return read(file, sink, source -> TextRows.read(source.open(), file, rows, sink::rejected));
  }

  /**
   * Lets a file be read, and tells how it is encoded.
   *
   * @return of all its bytes
   * @throws InvalidInputException on the file's field
   */
  ContentHash read(TextFile file, TextSink sink, Reader reader) {
    try (HashedSource source = new HashedSource(opener, real(file))) {
      reader.read(source);
      sink.encoding(file.name(), source.encoding());
      return source.finish();
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  InvalidInputException refused(TextFile file, IOException e) {
    return folders.refused(file.field(), file.path(), AllowedFolders.expected("file", e));
  }
}
