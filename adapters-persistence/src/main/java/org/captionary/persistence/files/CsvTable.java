package org.captionary.persistence.files;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * CSV whose first row names its columns, whatever their case and order: one of photos, and some of
 * captions.
 *
 * @param photo the names of the photos' column
 * @param caption the names of columns of captions
 * @param header for people
 */
record CsvTable(Predicate<String> photo, Predicate<String> caption, String header) {

  /** What a format makes of a row. */
  @FunctionalInterface
  interface RowReader {

    /**
     * @param captions one or more, in the order of the columns
     */
    void read(Line row, String photo, List<String> captions) throws BadRowException;
  }

  boolean recognises(Head head) {
    return head.lines().stream()
        .findFirst()
        .flatMap(CsvRows::fields)
        .flatMap(this::columns)
        .isPresent();
  }

  /** As {@link CaptionFormat#read}; a file that is empty has no rows. */
  void read(TextSource source, TextFile file, RowReader reader, CaptionSink sink)
      throws IOException {
    CsvRows rows = new CsvRows(source.open());
    if (rows.next().isPresent()) {
      Columns columns = columns(rows.fields()).orElseThrow(() -> noHeader(rows.fields()));
      TextRows.read(
          rows::next, file, row -> columns.read(row, rows.fields(), reader), sink::rejected);
    }
  }

  private IOException noHeader(List<String> found) {
    return new IOException(
        "its first line is not " + header + ", but has the columns " + shortened(found));
  }

  private static String shortened(List<String> found) {
    String names = found.toString();
    return names.length() <= 200 ? names : names.substring(0, 200) + "...";
  }

  private Optional<Columns> columns(List<String> names) {
    List<String> found = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    List<Integer> photos = those(found, photo);
    List<Integer> captions = those(found, caption);
    return photos.size() == 1 && !captions.isEmpty()
        ? Optional.of(new Columns(found.size(), photos.get(0), captions))
        : Optional.empty();
  }

  private static List<Integer> those(List<String> names, Predicate<String> wanted) {
    return IntStream.range(0, names.size()).filter(i -> wanted.test(names.get(i))).boxed().toList();
  }

  /** Where what stands, from 0. */
  private record Columns(int count, int photo, List<Integer> captions) {

    void read(Line row, List<String> fields, RowReader reader) throws BadRowException {
      if (fields.size() != count) {
        throw new BadRowException(
            "the row has " + fields.size() + " fields where the header has " + count);
      }
      reader.read(row, fields.get(photo), captions.stream().map(fields::get).toList());
    }
  }
}
