package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {

  private static final String TEXT = "a\u00e9\u6728\uD83D\uDE00\n".repeat(5000);

  @Test
  void readsWhatAByteOrderMarkTellsOf() throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE")) {
      byte[] bytes = ("\uFEFF" + TEXT).getBytes(Charset.forName(charset));
      assertThat(utf8(bytes)).as(charset).isEqualTo(TEXT.getBytes(UTF_8));
    }
  }

  @Test
  void refusesUtf32() {
    for (String charset : List.of("UTF-32LE", "UTF-32BE")) {
      byte[] bytes = "\uFEFFa".getBytes(Charset.forName(charset));
      assertThatThrownBy(() -> utf8(bytes)).hasMessage("it is UTF-32, and may be UTF-8 or UTF-16");
    }
  }

  @Test
  void passesTextWithoutMarkAsItStands() throws IOException {
    for (String hex : List.of("", "61", "ff", "fffd61", "efbb61", "c3a961c3", "6100")) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertThat(utf8(bytes)).isEqualTo(bytes);
    }
  }

  @Test
  void dropsOneMarkAtTheStart() throws IOException {
    assertThat(utf8("\uFEFFa\uFEFF".getBytes(UTF_8))).isEqualTo("a\uFEFF".getBytes(UTF_8));
    assertThat(utf8("\uFEFF".getBytes(UTF_8))).isEmpty();
    assertThat(utf8("\uFEFF".getBytes(UTF_16BE))).isEmpty();
  }

  @Test
  void whatIsWrongStaysWrong() throws IOException {
    assertThat(utf8(HexFormat.of().parseHex("fffe61003dd86200"))).containsExactly('a', 0xFF, 'b');
    assertThat(utf8(HexFormat.of().parseHex("fffe610062"))).containsExactly('a', 0xFF);
  }

  @Test
  void costsNoMoreThanTheRowThatIsWrong() throws IOException {
    byte[] bytes = "\uFEFFa.jpg#0\tone\nb.jpg#0\t?\nc.jpg#0\tthree\n".getBytes(UTF_16LE);
    bytes[2 * ("\uFEFFa.jpg#0\tone\nb.jpg#0\t".length()) + 1] = (byte) 0xDC;
    Recorded read = Formats.read(new Flickr8kCaptions(), bytes);
    assertThat(read.rows).containsExactly("a|one", "c|three");
    assertThat(Formats.rejected(read)).containsExactly("2|b.jpg#0\t\uFFFD|the row is not UTF-8");
  }

  private static byte[] utf8(byte[] bytes) throws IOException {
    return Utf8Stream.of(new ByteArrayInputStream(bytes)).stream().readAllBytes();
  }
}
