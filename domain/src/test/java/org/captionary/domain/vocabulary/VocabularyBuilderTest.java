package org.captionary.domain.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VocabularyBuilderTest {

  private record Counted(VocabularyBuilder builder, long captions) {
    Vocabulary build(int minCount, Set<String> always, boolean outOfVocabulary) {
      return builder.build(captions, minCount, always, outOfVocabulary);
    }
  }

  private static Counted counted(String... captions) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (int ordinal = 0; ordinal < captions.length; ordinal++) {
      builder.add(ordinal, tokens(captions[ordinal]));
    }
    return new Counted(builder, captions.length);
  }

  private static List<String> tokens(String caption) {
    return caption.isEmpty() ? List.of() : List.of(caption.split(" "));
  }

  @Test
  void ordersByCountAndTiesByFirstAppearance() {
    Vocabulary vocabulary =
        counted("zebra dog the", "", "dog the apple the", "bird zebra").build(1, Set.of(), false);

    assertThat(vocabulary.words())
        .containsExactly(
            new WordCount("the", 3, 2),
            new WordCount("zebra", 2, 2),
            new WordCount("dog", 2, 2),
            new WordCount("apple", 1, 1),
            new WordCount("bird", 1, 1));
    assertThat(vocabulary.captions()).isEqualTo(4);
    assertThat(vocabulary.vocabularySize()).isEqualTo(6);
    assertThat(vocabulary.indexOf("the")).contains(1);
    assertThat(vocabulary.indexOf("bird")).contains(5);
    assertThat(vocabulary.indexOf("cat")).isEmpty();
  }

  @Test
  void countsAWordOnceACaptionForTheCaptions() {
    assertThat(counted("dog dog", "dog").build(1, Set.of(), false).words())
        .containsExactly(new WordCount("dog", 3, 2));
  }

  @Test
  void leavesRareWordsOutButThoseAlwaysKept() {
    Vocabulary vocabulary =
        counted("startseq dog dog endseq", "cat").build(2, Set.of("startseq", "endseq"), false);

    assertThat(vocabulary.words())
        .extracting(WordCount::word)
        .containsExactly("dog", "startseq", "endseq");
    assertThat(vocabulary.vocabularySize()).isEqualTo(4);
  }

  @Test
  void keepsAWordThatIsCountedJustOftenEnough() {
    assertThat(counted("dog dog cat").build(2, Set.of(), false).words()).hasSize(1);
    assertThat(counted("dog dog cat").build(3, Set.of(), false).words()).isEmpty();
  }

  @Test
  void givesIndexOneToTheOutOfVocabularyWord() {
    Vocabulary vocabulary = counted("dog dog cat").build(1, Set.of(), true);

    assertThat(vocabulary.firstIndex()).isEqualTo(2);
    assertThat(vocabulary.indexOf("dog")).contains(2);
    assertThat(vocabulary.vocabularySize()).isEqualTo(4);
    assertThat(vocabulary.encode(tokens("cat bird dog")).toArray()).containsExactly(3, 1, 2);
  }

  @Test
  void dropsUnknownWordsWithoutAnOutOfVocabularyWord() {
    Vocabulary vocabulary = counted("dog dog cat").build(1, Set.of(), false);

    assertThat(vocabulary.encode(tokens("cat bird dog")).toArray()).containsExactly(2, 1);
    assertThat(vocabulary.encode(List.of("bird")).length()).isZero();
  }

  @Test
  void isEmptyWithoutWords() {
    assertThat(counted().build(1, Set.of(), false).vocabularySize()).isEqualTo(1);
    assertThat(counted().build(1, Set.of(), true).vocabularySize()).isEqualTo(2);
  }

  /** However the captions are dealt out, and in whatever order. */
  @Test
  void countsInPartsAsItDoesAtOnce() {
    String[] captions = {"zebra dog the", "", "dog the apple the", "bird zebra", "cat bird cat"};
    VocabularyBuilder whole = new VocabularyBuilder();
    for (int part = 2; part >= 0; part--) {
      VocabularyBuilder builder = new VocabularyBuilder();
      for (int ordinal = captions.length - 1; ordinal >= 0; ordinal--) {
        if (ordinal % 3 == part) {
          builder.add(ordinal, tokens(captions[ordinal]));
        }
      }
      builder.tallies().forEach(whole::add);
    }

    assertThat(whole.build(5, 1, Set.of(), false).words())
        .isEqualTo(counted(captions).build(1, Set.of(), false).words())
        .extracting(WordCount::word)
        .containsExactly("the", "zebra", "dog", "bird", "cat", "apple");
  }
}
