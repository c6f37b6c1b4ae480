package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Splits CSV (RFC 4180) into rows, each a line, or several where a quoted field holds line ends,
 * which come out as {@code \n}. Quotes inside a field that does not begin with one stand for
 * themselves.
 *
 * <p>A quote that is never closed costs its line alone: a row has {@link #MOST_LINES} at most, is
 * no longer than {@link LineReader#LONGEST}, and ends before a line that begins with a photo's file
 * name. The lines behind it are read as rows of their own.
 */
final class CsvRows {

  static final int MOST_LINES = 32;

  private static final String BAD_QUOTES =
      "a quote is not closed, or neither doubled nor at an end of its field";
  private static final Pattern BEGINS_A_ROW =
      Pattern.compile("(?i)\\s*\"?[^\",]+\\.(jpe?g|png|gif|bmp|webp|tiff?)\"?\\s*,");

  private static final Pattern PLAIN = Pattern.compile("[^\"\r\n]+");

  private final LineReader lines;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private List<String> fields = List.of();

  CsvRows(InputStream in) throws IOException {
    lines = new LineReader(in);
  }

  /** The next row, with a fault if its quotes are in disorder; empty at the end. */
  Optional<Line> next() throws IOException {
    Optional<Line> line = nextLine();
    if (line.isEmpty() || line.get().fault().isPresent() || isRow(line.get().text())) {
      return line;
    }
    Line first = line.get();
    return Optional.of(joined(first).orElseGet(() -> faulty(first)));
  }

  /** The fields of the row that came last, if it has no fault; none of a blank one. */
  List<String> fields() {
    return fields;
  }

  /** The fields of a text; empty if it is not one row. */
  static Optional<List<String>> fields(String text) {
    if (PLAIN.matcher(text).matches()) {
      return Optional.of(List.of(text.split(",", -1))); // no parser with its buffer for each row
    }
    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
      List<CSVRecord> records = parser.getRecords();
      return records.size() > 1 ? Optional.empty() : Optional.of(only(records));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static List<String> only(List<CSVRecord> records) {
    return records.isEmpty() ? List.of() : records.get(0).toList();
  }

  private boolean isRow(String text) {
    Optional<List<String>> parsed = fields(text);
    fields = parsed.orElse(List.of());
    return parsed.isPresent();
  }

  private Optional<Line> nextLine() throws IOException {
    return ahead.isEmpty() ? lines.next() : Optional.of(ahead.pop());
  }

  /** As many lines as it takes to close all quotes; or empty, and those lines are ahead again. */
  private Optional<Line> joined(Line first) throws IOException {
    Deque<Line> taken = new ArrayDeque<>();
    StringBuilder text = new StringBuilder(first.text());
    boolean open = changesQuoting(first);
    boolean goesOn = open;
    while (open && goesOn) {
      Optional<Line> line = nextLine();
      line.ifPresent(taken::push);
      goesOn = line.isPresent() && continues(line.get(), text.length(), taken.size());
      if (goesOn) {
        text.append('\n').append(line.get().text());
        open = !changesQuoting(line.get());
      }
    }
    if (!taken.isEmpty() && !open && isRow(text.toString())) {
      return Optional.of(new Line(first.number(), text.toString(), Optional.empty()));
    }
    taken.forEach(ahead::push);
    return Optional.empty();
  }

  private static boolean continues(Line line, int length, int taken) {
    return line.fault().isEmpty()
        && taken < MOST_LINES
        && length + line.text().length() < LineReader.LONGEST
        && !BEGINS_A_ROW.matcher(line.text()).lookingAt();
  }

  /** Whether what is open before a line is closed behind it, and the other way round. */
  private static boolean changesQuoting(Line line) {
    return line.text().chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static Line faulty(Line line) {
    return new Line(line.number(), line.text(), Optional.of(BAD_QUOTES));
  }
}
