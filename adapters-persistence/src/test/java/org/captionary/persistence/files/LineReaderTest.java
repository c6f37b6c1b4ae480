package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void endsLinesAtNewlinesAndDropsOneCarriageReturnBefore() throws IOException {
    assertThat(texts("a\nb\r\nc\r\r\nd\re\n")).containsExactly("a", "b", "c\r", "d\re");
  }

  @Test
  void countsALastLineWithoutNewlineButNoRowBehindAFinalOne() throws IOException {
    assertThat(texts("a\nb")).containsExactly("a", "b");
    assertThat(texts("a\nb\n")).containsExactly("a", "b");
    assertThat(texts("a\n\n")).containsExactly("a", "");
    assertThat(texts("")).isEmpty();
  }

  @Test
  void numbersLinesFromOne() throws IOException {
    assertThat(read("a\n\nb".getBytes(UTF_8))).extracting(Line::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aBadByteCostsOneLine() throws IOException {
    List<Line> lines = read("gut\nTür\ngut".getBytes(ISO_8859_1));
    assertThat(lines).extracting(Line::text).containsExactly("gut", "T\uFFFDr", "gut");
    assertThat(lines.get(0).fault()).isEmpty();
    assertThat(lines.get(1).fault()).contains("the row is not UTF-8");
    assertThat(lines.get(2).fault()).isEmpty();
  }

  @Test
  void aReplacementCharacterThatStandsInTheFileIsNoFault() throws IOException {
    assertThat(read("\uFFFD".getBytes(UTF_8)))
        .containsExactly(new Line(1, "\uFFFD", Optional.empty()));
  }

  @Test
  void nulIsAFault() throws IOException {
    assertThat(read("a\0b\n".getBytes(UTF_8)).get(0).fault())
        .contains("the row holds a NUL character");
  }

  @Test
  void acceptsTheLongestLineWithEitherEnding() throws IOException {
    String longest = "x".repeat(LineReader.LONGEST);
    List<Line> lines = read((longest + "\n" + longest + "\r\n" + longest).getBytes(UTF_8));
    assertThat(lines).hasSize(3).allMatch(line -> line.fault().isEmpty());
    assertThat(lines).allMatch(line -> line.text().equals(longest));
  }

  @Test
  void skipsOverALongerLineAndGoesOnBehindIt() throws IOException {
    String tooLong = "x".repeat(LineReader.LONGEST + 1);
    List<Line> lines = read((tooLong + "\na\n" + tooLong + tooLong + "\r\nb").getBytes(UTF_8));
    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(lines.get(0).fault()).contains("the row is longer than 1048576 bytes");
    assertThat(lines.get(0).text()).hasSizeLessThan(10_000).startsWith("xxx");
    assertThat(lines.get(1).text()).isEqualTo("a");
    assertThat(lines.get(2).fault()).contains("the row is longer than 1048576 bytes");
    assertThat(lines.get(3).text()).isEqualTo("b");
  }

  @Test
  void linesAcrossBlocksAreWhole() throws IOException {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      written.add("row " + i + " é".repeat(i % 17));
    }
    assertThat(texts(String.join("\r\n", written))).isEqualTo(written);
  }

  @Test
  void aLineLongerThanAnyArrayIsOnlyCounted() throws IOException {
    LineReader reader = new LineReader(new Zeros(Integer.MAX_VALUE + 1L));
    assertThat(reader.next().orElseThrow().fault())
        .contains("the row is longer than 1048576 bytes");
    assertThat(reader.next()).isEmpty();
  }

  private static List<String> texts(String file) throws IOException {
    return read(file.getBytes(UTF_8)).stream().map(Line::text).toList();
  }

  private static List<Line> read(byte[] file) throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(file));
    List<Line> lines = new ArrayList<>();
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(line.get());
    }
    return lines;
  }

  private static final class Zeros extends InputStream {

    private long left;

    Zeros(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      int given = (int) Math.min(left, length);
      left -= given;
      return given == 0 ? -1 : given;
    }
  }
}
