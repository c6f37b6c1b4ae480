package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;

class KaggleCaptionsTest {

  private static final String BAD_QUOTES =
      "a quote is not closed, or neither doubled nor at an end of its field";

  @Test
  void givesTheWholeAccountOfADirtyFile() {
    Recorded read =
        read(
            """
            image,caption
            a.jpg,A dog runs .
            a.jpg,"A dog, a cat , and a ""mouse"" ."
            a.jpg,"\""Stop"" , said the sign ."
            a.jpg,A 5" nail .
            b.jpg,"Two
            lines ."
            b.jpg,"Never closed .
            b.jpg,Next ,"
            b.jpg,One, two .
            b.jpg

            b.jpg,"Closed" too early .
            .jpg,No name .
            b.jpg,
            c.jpg.1,"Never closed at the end .
            """);
    assertThat(read.rows)
        .containsExactly(
            "a|A dog runs .",
            "a|A dog, a cat , and a \"mouse\" .",
            "a|\"Stop\" , said the sign .",
            "a|A 5\" nail .",
            "b|Two\nlines .",
            "b|");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "8|b.jpg,\"Never closed .|" + BAD_QUOTES,
            "9|b.jpg,Next ,\"|" + BAD_QUOTES,
            "10|b.jpg,One, two .|the row has 3 fields where the header has 2",
            "11|b.jpg|the row has 1 fields where the header has 2",
            "12||the row is blank",
            "13|b.jpg,\"Closed\" too early .|" + BAD_QUOTES,
            "14|.jpg,No name .|the row names no photo: nothing stands before the first dot",
            "16|c.jpg.1,\"Never closed at the end .|" + BAD_QUOTES);
  }

  @Test
  void readsAFileMadeOnWindows() {
    Recorded read = read("\uFEFFimage,caption\r\na.jpg,\"Two\r\nlines\"\r\nb.jpg,x\r\n");
    assertThat(read.rows).containsExactly("a|Two\nlines", "b|x");
  }

  /** Photos without an ending of a photo's: nothing tells where a row begins. */
  @Test
  void aQuoteThatIsNeverClosedCostsItsLineAlone() {
    String lines = "b,x\n".repeat(3 * CsvRows.MOST_LINES);
    Recorded read = read("image,caption\na,\"open\n" + lines + "c,\"two\nlines\"\n");
    assertThat(read.rows).hasSize(3 * CsvRows.MOST_LINES + 1).endsWith("c|two\nlines");
    assertThat(Formats.rejected(read)).containsExactly("2|a,\"open|" + BAD_QUOTES);
  }

  @Test
  void aQuotedFieldHasSoManyLinesAtMost() {
    String most = "x\n".repeat(CsvRows.MOST_LINES - 1);
    assertThat(read("image,caption\na.jpg,\"" + most + "\"\n").rows).containsExactly("a|" + most);
    Recorded more = read("image,caption\na.jpg,\"" + most + "x\n\"\n");
    assertThat(more.rows).isEmpty();
    assertThat(more.rejected).hasSize(CsvRows.MOST_LINES + 1);
  }

  @Test
  void badUtf8CostsItsRow() {
    byte[] bytes = "image,caption\na.jpg,\"Tür\nweg\"\nb.jpg,Tür\nc.jpg,x\n".getBytes(ISO_8859_1);
    Recorded read = Formats.read(new KaggleCaptions(), bytes);
    assertThat(read.rows).containsExactly("c|x");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "2|a.jpg,\"T\uFFFDr|the row is not UTF-8",
            "3|weg\"|the row has 1 fields where the header has 2",
            "4|b.jpg,T\uFFFDr|the row is not UTF-8");
  }

  @Test
  void takesFlickr30ksColumnsToo() {
    String text = "\"image_name\",comment_number,\"comment\"\na.jpg,0,\" A man , alone .\"\n";
    assertThat(read(text).rows).containsExactly("a| A man , alone .");
    assertThat(Formats.recognising(text)).containsExactly("kaggle");
  }

  @Test
  void isToldByItsHeader() {
    assertThat(Formats.recognising("Image,Caption\na.jpg,x\n")).containsExactly("kaggle");
    assertThat(Formats.recognising("caption,image\n")).containsExactly("kaggle");
    for (String text : List.of("", "\n", "a.jpg,x\n", "\"image,caption\n", "image,image,caption")) {
      assertThat(Formats.recognising(text)).isEmpty();
    }
  }

  @Test
  void refusesAFileWithoutHeader() {
    assertThatThrownBy(() -> read("a.jpg,A dog .\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "its first line is not image,caption, but has the columns [a.jpg, A dog .]");
    assertThat(read("").rows).isEmpty();
  }

  @Test
  void readsUtf16() {
    String text = "\uFEFFimage,caption\na.jpg,\"Tür , 木\"\n";
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertThat(Formats.read(new KaggleCaptions(), bytes).rows).containsExactly("a|Tür , 木");
    assertThat(Formats.recognising(bytes)).containsExactly("kaggle");
    assertThat(Formats.recognising(text.getBytes(UTF_8))).containsExactly("kaggle");
  }

  private static Recorded read(String text) {
    return Formats.read(new KaggleCaptions(), text);
  }
}
