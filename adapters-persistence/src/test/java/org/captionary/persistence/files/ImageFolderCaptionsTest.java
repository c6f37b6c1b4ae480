package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFolderCaptionsTest {

  private static final String JSON =
      """
      {"file_name": "0001.png", "text": "A dog."}
      {"text": "Two\\nlines.", "file_name": "0001.png", "objects": {"bbox": [1]}}
      {"file_name": "train/a.jpg", "caption_0": "One.", "caption_1": null, "caption_2": "Three."}
      {"file_name": "validation/cats/b.jpg", "captions": ["x", "y"], "label": 5}
      {"file_name": "other/c.jpg", "Caption": ""}

      {"file_name": "d.jpg", "text": 5}
      {"file_name": "d.jpg", "text": ["x", 5]}
      {"file_name": "d.jpg", "text": "\\ud83d"}
      {"file_name": "d.jpg", "label": "dog"}
      {"file_name": "d.jpg", "text": "cut
      {"file_name": ".jpg", "text": "x"}
      {"text": "x"}
      ["d.jpg", "x"]
      {"file_name": "d.jpg", "text": "x"} {}
      """;

  @Test
  void givesTheWholeAccountOfDirtyLinesOfJson() {
    Recorded read = read(JSON);
    assertThat(read.rows)
        .containsExactly(
            "0001|A dog.",
            "0001|Two\nlines.",
            "train/a|train|release|3|" + JSON.lines().toList().get(2),
            "train/a|One.",
            "train/a|Three.",
            "validation/cats/b|dev|release|4|" + JSON.lines().toList().get(3),
            "validation/cats/b|x",
            "validation/cats/b|y",
            "other/c|");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "6||the row is blank",
            "7|{\"file_name\": \"d.jpg\", \"text\": 5}|text is no text",
            "8|{\"file_name\": \"d.jpg\", \"text\": [\"x\", 5]}|text is no text",
            "9|{\"file_name\": \"d.jpg\", \"text\": \"\\ud83d\"}"
                + "|a text is not UTF-8, or holds half a surrogate pair",
            "10|{\"file_name\": \"d.jpg\", \"label\": \"dog\"}|the row has no caption",
            "11|{\"file_name\": \"d.jpg\", \"text\": \"cut|the row is no JSON object",
            "12|{\"file_name\": \".jpg\", \"text\": \"x\"}"
                + "|the row names no photo: nothing stands before the first dot",
            "13|{\"text\": \"x\"}|it has no file_name",
            "14|[\"d.jpg\", \"x\"]|the row is no JSON object",
            "15|{\"file_name\": \"d.jpg\", \"text\": \"x\"} {}|the row is no JSON object");
  }

  @Test
  void givesTheWholeAccountOfADirtyTable() {
    Recorded read =
        read(
            """
            label,file_name,caption_0,caption_1
            1,test/a.jpg,One.,"Two, and
            more."
            1,a.jpg,"[""x"", ""y""]",[5]
            1,a.jpg,[brackets,
            1,,x,y
            1,a.jpg,x
            """);
    assertThat(read.rows)
        .containsExactly(
            "test/a|test|release|2|1,test/a.jpg,One.,\"Two, and\nmore.\"",
            "test/a|One.",
            "test/a|Two, and\nmore.",
            "a|x",
            "a|y",
            "a|[5]",
            "a|[brackets",
            "a|");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "6|1,,x,y|the row names no photo: nothing stands before the first dot",
            "7|1,a.jpg,x|the row has 3 fields where the header has 4");
  }

  @Test
  void badUtf8CostsItsRow() {
    byte[] bytes =
        "{\"file_name\":\"a\",\"text\":\"T\u00fcr\"}\n{\"file_name\":\"b\",\"text\":\"x\"}\n"
            .getBytes(ISO_8859_1);
    Recorded read = Formats.read(new ImageFolderCaptions(), bytes);
    assertThat(read.rows).containsExactly("b|x");
    assertThat(read.reasons()).containsExactly("the row is not UTF-8");
  }

  @Test
  void isToldByItsFileNames() {
    assertThat(Formats.recognising(JSON)).containsExactly("imagefolder");
    assertThat(Formats.recognising("file_name,text\n")).containsExactly("imagefolder");
    assertThat(Formats.recognising("text,file_name\nimage.jpg,caption\n"))
        .containsExactly("imagefolder");
    for (String other : List.of("file_name,label\n", "{\"text\": \"x\"}\n", "{\"file_name\": 5}")) {
      assertThat(Formats.recognising(other)).isEmpty();
    }
  }

  @Test
  void refusesATableWithoutItsColumns() {
    assertThatThrownBy(() -> read("file_name,label\na.jpg,dog\n"))
        .hasMessageContaining("its first line is not file_name,text or the like, but has");
    assertThat(read("").rows).isEmpty();
  }

  @Test
  void tellsTheSplitsItMayHave() {
    assertThat(new ImageFolderCaptions().splits()).extracting("name").contains("train", "dev");
    assertThat(new ImageFolderCaptions().nested()).isTrue();
  }

  private static Recorded read(String text) {
    return Formats.read(new ImageFolderCaptions(), text);
  }
}
