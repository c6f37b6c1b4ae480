package org.captionary.persistence.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;

class CocoCaptionsTest {

  private static final String IMAGES =
      """
      "images": [
        {"license": 5, "file_name": "COCO_val2014_000000391895.jpg", "height": 360, "id": 391895},
        {"id": 139, "file_name": "000000000139.jpg", "flickr_url": null},
        {"id": "text", "file_name": "val2017/b.jpg"}
      ]""";

  @Test
  void givesTheWholeAccountOfADirtyFile() {
    Recorded read = read(dirty("\"info\": {\"year\": 2014},\n" + IMAGES, annotations()));
    assertThat(read.rows)
        .containsExactly(
            "COCO_val2014_000000391895|A man riding a wave .",
            "000000000139|A room\nwith a TV. ",
            "COCO_val2014_000000391895|Again, \"quoted\" \u6728.",
            "val2017/b|",
            "000000000139|Last of two keys.");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "10|annotations[3] {\"image_id\":1,\"id\":13,\"caption\":\"Nobody's.\"}"
                + "|no image has its image_id for id",
            "11|annotations[4] {\"id\":14,\"image_id\":139}|it has no caption",
            "12|annotations[5] {\"id\":15,\"image_id\":139,\"caption\":5}|caption is no text",
            "13|annotations[6] {\"id\":16,\"caption\":\"x\"}|it has no image_id",
            "14|annotations[7] {\"id\":17,\"image_id\":139,\"caption\":\"\\u0000\"}"
                + "|a text holds a NUL character",
            "15|annotations[8] {\"id\":18,\"image_id\":139,\"caption\":\"\uFFFD\"}"
                + "|a text is not UTF-8, or holds half a surrogate pair",
            "16|annotations[9] 5|it has no caption",
            "16|annotations[10] []|it has no caption",
            "16|annotations[11] null|it has no caption");
  }

  @Test
  void takesTheAnnotationsFirst() {
    Recorded first = read(dirty(IMAGES, annotations()));
    Recorded last = read(dirty(annotations(), IMAGES));
    assertThat(last.rows).hasSize(5).isEqualTo(first.rows);
    assertThat(last.reasons()).hasSize(9).isEqualTo(first.reasons());
  }

  @Test
  void rejectsImagesThatAreNone() {
    String images =
        """
        "images": [
        {"id": 1, "file_name": "a.jpg"},
        {"id": 1, "file_name": "a.jpg"},
        {"id": 1, "file_name": "b.jpg"},
        {"id": 2},
        {"id": null, "file_name": "c.jpg"},
        {"id": 3, "file_name": ".jpg"},
        {"id": 4, "file_name": "c\\u0000.jpg"}]""";
    Recorded read = read(dirty(images, "\"annotations\": [{\"image_id\": 1, \"caption\": \"x\"}]"));
    assertThat(read.rows).containsExactly("a|x");
    assertThat(Formats.rejected(read))
        .containsExactly(
            "4|images[2] {\"id\":1,\"file_name\":\"b.jpg\"}"
                + "|its id is that of an image before, of another file_name",
            "5|images[3] {\"id\":2}|it has no file_name",
            "6|images[4] {\"id\":null,\"file_name\":\"c.jpg\"}|id is no text",
            "7|images[5] {\"id\":3,\"file_name\":\".jpg\"}"
                + "|the row names no photo: nothing stands before the first dot",
            "8|images[6] {\"id\":4,\"file_name\":\"c\\u0000.jpg\"}|a text holds a NUL character");
  }

  @Test
  void badUtf8CostsItsRow() {
    String text =
        dirty(
            IMAGES,
            "\"annotations\": [{\"image_id\": 139, \"caption\": \"T\u00fcr\"},"
                + "{\"image_id\": 139, \"caption\": \"ok\"}]");
    Recorded read = Formats.read(new CocoCaptions(), text.getBytes(ISO_8859_1));
    assertThat(read.rows).containsExactly("000000000139|ok");
    assertThat(read.reasons())
        .containsExactly("a text is not UTF-8, or holds half a surrogate pair");
  }

  @Test
  void takesRawLineEndsAndNaN() {
    String annotation =
        "\"annotations\": [{\"area\": NaN, \"image_id\": 139, \"caption\": \"a\nb\"}]";
    assertThat(read(dirty(IMAGES, annotation)).rows).containsExactly("000000000139|a\nb");
  }

  @Test
  void refusesAFileThatBreaksOff() {
    String text = dirty(IMAGES, annotations());
    assertThatThrownBy(() -> read(text.substring(0, text.length() - 30)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captions: ")
        .hasMessageContaining("(its JSON breaks off at line 16, column 39");
    assertThatThrownBy(() -> read("{\"images\": [}"))
        .hasMessageContaining("(it is no JSON at line 1, column 13: Unexpected close marker '}'");
  }

  @Test
  void refusesWhatIsNoCocoFile() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("it is no JSON object");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("it is no JSON object");
    assertThatThrownBy(() -> read("{}")).hasMessageContaining("it has no array annotations");
    assertThatThrownBy(() -> read("{\"annotations\": []}"))
        .hasMessageContaining("it has no array images");
    assertThatThrownBy(() -> read("{\"images\": 5}"))
        .hasMessageContaining("its images are no array at line 1, column 12");
    assertThatThrownBy(() -> read("{\"images\": [], \"annotations\": []} 1"))
        .hasMessageContaining("more stands behind the JSON object at line 1, column 35");
  }

  @Test
  void isToldByItsMembers() {
    String text = dirty(IMAGES, annotations());
    assertThat(Formats.recognising(text)).containsExactly("coco");
    assertThat(Formats.recognising(dirty(annotations(), IMAGES))).containsExactly("coco");
    assertThat(Formats.recognising(("\uFEFF" + text).getBytes(UTF_16BE))).containsExactly("coco");
    String long_ = dirty("\"info\": \"" + "x".repeat(1000) + "\"", IMAGES);
    assertThat(Formats.recognising(long_ + "x".repeat(Head.LENGTH))).containsExactly("coco");
    for (String other : new String[] {"{", "{}", "{\"images\": []}", "[1]", "5", "\"\""}) {
      assertThat(Formats.recognising(other)).isEmpty();
    }
  }

  private static String dirty(String first, String second) {
    return "{" + first + ",\n" + second + "}\n";
  }

  private static String annotations() {
    return """
        "annotations": [{"image_id": 391895, "id": 10, "caption": "A man riding a wave ."},
        {"image_id": 139, "id": 11, "caption": "A room\\nwith a TV. ", "segmentation": [[1, 2]]},
        {"caption": "Again, \\"quoted\\" \\u6728.", "id": 12, "image_id": 391895},
        {"image_id": 1, "id": 13, "caption": "Nobody's."},
        {"id": 14, "image_id": 139},
        {"id": 15, "image_id": 139, "caption": 5},
        {"id": 16, "caption": "x"},
        {"id": 17, "image_id": 139, "caption": "\\u0000"},
        {"id": 18, "image_id": 139, "caption": "\\ud83d"},
        5, [6], null, {"image_id": "text", "caption": ""},
        {"caption": "x", "image_id": 139, "caption": "Last of two keys."}]""";
  }

  private static Recorded read(String text) {
    return Formats.read(new CocoCaptions(), text);
  }
}
