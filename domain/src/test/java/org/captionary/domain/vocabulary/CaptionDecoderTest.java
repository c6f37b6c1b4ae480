package org.captionary.domain.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.vocabulary.CaptionDecoder.Decoded;
import org.captionary.domain.vocabulary.CaptionDecoder.Unknown;
import org.junit.jupiter.api.Test;

final class CaptionDecoderTest {

  private static final List<WordCount> WORDS =
      List.of(
          new WordCount("startseq", 9, 9),
          new WordCount("endseq", 9, 9),
          new WordCount("dog", 3, 3),
          new WordCount("runs", 2, 2));

  private static Decoded decoded(Optional<StartEnd> frame, boolean oov, long... sequence) {
    return new CaptionDecoder(new Vocabulary(WORDS, oov, 9), frame).decode(sequence);
  }

  private static Decoded framed(long... sequence) {
    return decoded(Optional.of(StartEnd.TUTORIAL), false, sequence);
  }

  @Test
  void stopsAtTheEndWordAndDropsStartWordAndPadding() {
    Decoded decoded = framed(0, 0, 1, 3, 0, 4, 1, 2, 3, 99);
    assertThat(decoded.text()).isEqualTo("dog runs");
    assertThat(decoded.unknown()).isEmpty();
  }

  @Test
  void goesToTheLastIndexWithoutAnEndWord() {
    assertThat(framed(1, 3, 4).words()).containsExactly("dog", "runs");
    assertThat(framed().text()).isEmpty();
    assertThat(framed(2, 3).text()).isEmpty();
  }

  @Test
  void keepsAllWordsOfARecipeWithoutStartAndEnd() {
    assertThat(decoded(Optional.empty(), false, 1, 3, 2, 4).text())
        .isEqualTo("startseq dog endseq runs");
  }

  @Test
  void reportsIndicesThatAreNoWords() {
    Decoded decoded = framed(1, -1, 3, 5, Long.MAX_VALUE, 4);
    assertThat(decoded.text()).isEqualTo("dog runs");
    assertThat(decoded.unknown())
        .containsExactly(new Unknown(1, -1), new Unknown(3, 5), new Unknown(4, Long.MAX_VALUE));
  }

  @Test
  void knowsTheOutOfVocabularyWord() {
    assertThat(decoded(Optional.of(StartEnd.TUTORIAL), true, 2, 1, 4, 5, 3, 6).text())
        .isEqualTo("<unk> dog runs");
  }

  @Test
  void undoesEncoding() {
    Vocabulary vocabulary = new Vocabulary(WORDS, false, 9);
    int[] encoded = vocabulary.encode(List.of("runs", "dog", "dog")).toArray();
    long[] sequence = Arrays.stream(encoded).asLongStream().toArray();
    assertThat(new CaptionDecoder(vocabulary, Optional.empty()).decode(sequence).words())
        .containsExactly("runs", "dog", "dog");
  }
}
