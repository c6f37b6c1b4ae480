package org.captionary.domain.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartEndTest {

  @Test
  void putsItsWordsAround() {
    assertThat(StartEnd.TUTORIAL.around(List.of("two", "dogs")))
        .containsExactly("startseq", "two", "dogs", "endseq");
    assertThat(StartEnd.TUTORIAL.around(List.of())).containsExactly("startseq", "endseq");
  }

  @Test
  void lowersItsWords() {
    assertThat(new StartEnd("STARTDESC", "ENDDESC"))
        .isEqualTo(new StartEnd("startdesc", "enddesc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "two words",
        " start",
        "start\u00a0",
        "<start>",
        "start_seq",
        "start-seq",
        "a.",
        "a\tb",
        "a\nb",
        "`",
        "{",
        "~",
        "#1",
        "a\\b"
      })
  void refusesAWordThatKerasWouldCut(String word) {
    refused(word, () -> new StartEnd(word, "endseq"));
    refused(word, () -> new StartEnd("startseq", word));
  }

  @Test
  void takesAnApostropheAsKerasDoes() {
    assertThat(new StartEnd("'start'", "end").start()).isEqualTo("'start'");
  }

  @Test
  void refusesOneWordForBoth() {
    refused("same", () -> new StartEnd("same", "same"));
    refused("same", () -> new StartEnd("Same", "sAME"));
  }

  @Test
  void refusesCaptionsThatHoldAWord() {
    refused("endseq", () -> StartEnd.TUTORIAL.refuseAmong(List.of("an", "endseq")));
    refused("startseq", () -> StartEnd.TUTORIAL.refuseAmong(List.of("startseq")));
    StartEnd.TUTORIAL.refuseAmong(List.of("start", "end", "startseqs"));
  }

  private static void refused(String value, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo("startEnd");
              assertThat(e.value()).isEqualTo(value);
              assertThat(e.allowed()).isNotEmpty().doesNotContain("");
            });
  }
}
