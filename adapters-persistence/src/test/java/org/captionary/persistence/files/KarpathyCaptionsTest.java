package org.captionary.persistence.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.domain.preparation.RejectedInput;
import org.junit.jupiter.api.Test;

class KarpathyCaptionsTest {

  private static final String COCO =
      """
      {"images": [
      {"filepath": "val2014", "sentids": [1, 2], "filename": "COCO_val2014_000000391895.jpg",
       "imgid": 0, "split": "test", "sentences": [
        {"tokens": ["a", "man"], "raw": "A man with a red helmet.", "imgid": 0, "sentid": 1},
        {"tokens": ["a", "man"], "imgid": 0, "sentid": 2}]},
      {"split": "restval", "sentences": [{"raw": "x"}], "filename": "b.jpg"},
      {"split": "val", "sentences": [{"raw": "y"}, {"raw": null}, 5], "filename": "c.jpg"},
      {"split": "Odd one", "sentences": [{"raw": "z"}], "filename": "d.jpg"},
      {"split": "all", "sentences": [{"raw": "z"}], "filename": "e.jpg"},
      {"split": "minival", "sentences": [], "filename": "f.jpg"},
      {"sentences": [{"raw": 5}, {"tokens": [5]}, {"raw": "no split"}], "filename": "g.jpg"},
      {"sentences": [{"raw": "no"}, {"raw": "name"}]},
      {"filename": "h.jpg"},
      7
      ], "dataset": "coco"}
      """;

  @Test
  void givesTheWholeAccountOfADirtyFile() {
    Recorded read = Formats.read(new KarpathyCaptions(), COCO);
    String source = "|release|";
    assertThat(read.rows)
        .containsExactly(
            "val2014/COCO_val2014_000000391895|test"
                + source
                + "2|images[0] {\"filepath\":\"val2014\","
                + "\"filename\":\"COCO_val2014_000000391895.jpg\",\"split\":\"test\"}",
            "val2014/COCO_val2014_000000391895|A man with a red helmet.",
            "val2014/COCO_val2014_000000391895|a man",
            "b|train" + source + "6|images[1] {\"split\":\"restval\",\"filename\":\"b.jpg\"}",
            "b|x",
            "c|dev" + source + "7|images[2] {\"split\":\"val\",\"filename\":\"c.jpg\"}",
            "c|y",
            "d|z",
            "e|z",
            "f|minival" + source + "10|images[5] {\"split\":\"minival\",\"filename\":\"f.jpg\"}",
            "g|no split");
    String noSplit = "|a split's name is 1 to 64 of a-z, 0-9, _ and -, and not all";
    assertThat(Formats.rejected(read))
        .containsExactly(
            "7|images[2].sentences[1] {\"raw\":null}|it has neither raw nor an array of tokens",
            "7|images[2].sentences[2] 5|it has neither raw nor an array of tokens",
            "8|images[3] {\"split\":\"Odd one\",\"filename\":\"d.jpg\"}" + noSplit,
            "9|images[4] {\"split\":\"all\",\"filename\":\"e.jpg\"}" + noSplit,
            "11|images[6].sentences[0] {\"raw\":5}|raw is no text",
            "11|images[6].sentences[1] {\"tokens\":[5]}|a token is no text",
            "12|images[7].sentences[0] {\"raw\":\"no\"}|it has no filename",
            "12|images[7].sentences[1] {\"raw\":\"name\"}|it has no filename",
            "13|images[8] {\"filename\":\"h.jpg\"}|it has no array of sentences",
            "14|images[9] 7|it has no array of sentences");
    assertThat(read.rejected)
        .filteredOn(row -> row.kind() == RejectedInput.Kind.SPLIT)
        .extracting(row -> row.line().getAsLong())
        .containsExactly(8L, 9L);
  }

  @Test
  void isToldByItsSentences() {
    assertThat(Formats.recognising(COCO)).containsExactly("karpathy");
  }

  @Test
  void tellsTheSplitsItMayHave() {
    assertThat(new KarpathyCaptions().splits()).extracting("name").contains("train", "dev", "test");
    assertThat(new KarpathyCaptions().nested()).isTrue();
  }

  @Test
  void refusesWhatIsNoKarpathyFile() {
    assertThatThrownBy(() -> Formats.read(new KarpathyCaptions(), "{\"dataset\": \"coco\"}"))
        .hasMessageContaining("it has no array images");
    assertThatThrownBy(() -> Formats.read(new KarpathyCaptions(), COCO.substring(0, 500)))
        .hasMessageContaining("its JSON breaks off at line 8, column 54");
  }
}
