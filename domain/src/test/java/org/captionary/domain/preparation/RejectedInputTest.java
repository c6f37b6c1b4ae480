package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RejectedInputTest {

  @Test
  void replacesNulWhichADatabaseCannotHold() {
    RejectedInput rejected = row("a\0.txt", "x\0y", "why");

    assertThat(rejected.source()).isEqualTo("a\uFFFD.txt");
    assertThat(rejected.text()).isEqualTo("x\uFFFDy");
  }

  @Test
  void replacesNulInAReasonToo() {
    assertThat(row("a", "b", "holds \0").reason()).isEqualTo("holds \uFFFD");
  }

  @Test
  void replacesHalvesOfSurrogatePairsWhichUtf8CannotHold() {
    RejectedInput rejected = row("\uD83D.txt", "x\uDE00\uD83D\uDE00", "why \uD83D");

    assertThat(rejected.source()).isEqualTo("\uFFFD.txt");
    assertThat(rejected.text()).isEqualTo("x\uFFFD\uD83D\uDE00");
    assertThat(rejected.reason()).isEqualTo("why \uFFFD");
  }

  @Test
  void shortensALongText() {
    assertThat(row("a", "x".repeat(500), "why").text()).isEqualTo("x".repeat(500));
    assertThat(row("a", "x".repeat(501), "why").text()).isEqualTo("x".repeat(500) + "\u2026");
  }

  @Test
  void cutsNoCharacterInTwo() {
    String text = "x".repeat(499) + "\uD83D\uDE00y";

    assertThat(row("a", text, "why").text()).isEqualTo("x".repeat(499) + "\u2026");
  }

  @Test
  void ofAPhotoHasNeitherLineNorText() {
    assertThat(RejectedInput.photo("a.jpg", "broken"))
        .isEqualTo(
            new RejectedInput(
                RejectedInput.Kind.PHOTO, "a.jpg", OptionalLong.empty(), "", "broken"));
    assertThat(RejectedInput.Kind.PHOTO.id()).isEqualTo("photo");
  }

  private static RejectedInput row(String source, String text, String reason) {
    return new RejectedInput(RejectedInput.Kind.CAPTION, source, OptionalLong.of(1), text, reason);
  }
}
