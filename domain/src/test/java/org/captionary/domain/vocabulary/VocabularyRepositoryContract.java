package org.captionary.domain.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.preparation.RepositoryContract;
import org.junit.jupiter.api.Test;

/** Contract of {@link VocabularyRepository}. */
public abstract class VocabularyRepositoryContract extends RepositoryContract {

  private static final List<WordCount> WORDS =
      List.of(
          new WordCount("the", 5_000_000_000L, 4_000_000_000L),
          new WordCount("null", 7, 3),
          new WordCount("\\N", 7, 4),
          new WordCount("\u00e9\uD83D\uDE00", 1, 1),
          new WordCount("The", 1, 1));

  @Test
  void findsNothingBeforeOneIsSaved() {
    assertThat(vocabularies().find(newPreparation(newJob()))).isEmpty();
  }

  @Test
  void givesAVocabularyBackAsItWasSaved() {
    PreparationKey key = save(newPreparation(newJob()), new Vocabulary(WORDS, true, 99), 34);

    FittedVocabulary found = vocabularies().find(key).orElseThrow();

    assertThat(found.maxLength()).isEqualTo(34);
    assertThat(found.vocabulary().words()).isEqualTo(WORDS);
    assertThat(found.vocabulary().hasOutOfVocabulary()).isTrue();
    assertThat(found.vocabulary().captions()).isEqualTo(99);
    assertThat(found.vocabulary().encode(List.of("the", "The", "cat", "null")).toArray())
        .containsExactly(2, 6, 1, 3);
  }

  @Test
  void keepsAnEmptyVocabularyApartFromNone() {
    PreparationKey key = save(newPreparation(newJob()), new Vocabulary(List.of(), false, 0), 0);

    FittedVocabulary found = vocabularies().find(key).orElseThrow();

    assertThat(found.vocabulary().words()).isEmpty();
    assertThat(found.vocabulary().hasOutOfVocabulary()).isFalse();
    assertThat(found.maxLength()).isZero();
  }

  @Test
  void putsALaterVocabularyInThePlaceOfAnEarlierOne() {
    PreparationKey key = save(newPreparation(newJob()), new Vocabulary(WORDS, true, 99), 34);
    List<WordCount> fewer = List.of(new WordCount("dog", 2, 2), new WordCount("the", 1, 1));

    save(key, new Vocabulary(fewer, false, 2), 3);

    FittedVocabulary found = vocabularies().find(key).orElseThrow();
    assertThat(found.vocabulary().words()).isEqualTo(fewer);
    assertThat(found.vocabulary().hasOutOfVocabulary()).isFalse();
    assertThat(found.maxLength()).isEqualTo(3);
  }

  @Test
  void keepsPreparationsApart() {
    PreparationKey first = save(newPreparation(newJob()), new Vocabulary(WORDS, false, 1), 1);
    PreparationKey second =
        save(newPreparation(newJob()), new Vocabulary(WORDS.subList(1, 2), false, 1), 1);

    assertThat(vocabularies().find(first).orElseThrow().vocabulary().words()).isEqualTo(WORDS);
    assertThat(vocabularies().find(second).orElseThrow().vocabulary().words()).hasSize(1);
  }

  @Test
  void addsTalliesOfAllPartsUpUntilAVocabularyIsSaved() {
    PreparationKey key = newPreparation(newJob());
    PreparationKey other = newPreparation(newJob());
    WordTally frequent = new WordTally("the", 5_000_000_000L, 4_000_000_000L, 6_000_000_000L, 3);
    List<WordTally> first = List.of(frequent, new WordTally("\\N", 2, 1, 7, 0));
    List<WordTally> second =
        List.of(
            new WordTally("the", 1, 1, 0, 9),
            new WordTally("{\"a\",b}", 1, 1, 0, 1),
            new WordTally("null", 1, 1, 0, 2),
            new WordTally("\u00e9\uD83D\uDE00", 1, 1, 0, 3));
    write(() -> vocabularies().addTallies(key, first));
    write(() -> vocabularies().addTallies(key, second));
    write(() -> vocabularies().addTallies(key, List.of()));
    write(() -> vocabularies().addTallies(other, List.of(frequent)));

    assertThat(tallies(key))
        .containsExactlyInAnyOrder(
            new WordTally("the", 5_000_000_001L, 4_000_000_001L, 0, 9),
            first.get(1),
            second.get(1),
            second.get(2),
            second.get(3));
    save(key, new Vocabulary(WORDS, true, 99), 34);
    assertThat(tallies(key)).isEmpty();
    assertThat(tallies(other)).containsExactly(frequent);
  }

  private List<WordTally> tallies(PreparationKey key) {
    List<WordTally> tallies = new ArrayList<>();
    vocabularies().forEachTally(key, tallies::add);
    return tallies;
  }

  private PreparationKey save(PreparationKey key, Vocabulary vocabulary, int maxLength) {
    write(() -> vocabularies().save(key, new FittedVocabulary(vocabulary, maxLength)));
    return key;
  }

  private VocabularyRepository vocabularies() {
    return repositories().vocabularies();
  }
}
