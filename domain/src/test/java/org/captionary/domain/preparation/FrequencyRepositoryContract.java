package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.DocumentFrequencies;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.junit.jupiter.api.Test;

/** Contract of {@link FrequencyRepository}. */
public abstract class FrequencyRepositoryContract extends RepositoryContract {

  private static final ScoreRequest REQUEST = new ScoreRequest(TEST, References.RAW, Words.PTB);
  private static final DocumentFrequencies SOME =
      new DocumentFrequencies(7, new TreeMap<>(Map.of("a", 7, "a dog \u72d7 \"", 2)));
  private static final DocumentFrequencies NONE = new DocumentFrequencies(1, new TreeMap<>());

  protected abstract FrequencyRepository frequencies();

  private void add(PreparationKey key, ScoreRequest request, DocumentFrequencies of) {
    write(() -> frequencies().add(key, request, of));
  }

  @Test
  void givesThemAsTheyWereKept() {
    PreparationKey key = published().key();

    add(key, REQUEST, SOME);

    assertThat(frequencies().find(key, REQUEST)).contains(SOME);
    assertThat(frequencies().find(published().key(), REQUEST)).isEmpty();
  }

  @Test
  void keepsEachWayOfCuttingApart() {
    PreparationKey key = published().key();
    add(key, REQUEST, SOME);
    ScoreRequest cleaned = new ScoreRequest(TEST, References.CLEANED, Words.PTB);
    add(key, cleaned, NONE);

    assertThat(frequencies().find(key, cleaned)).contains(NONE);
    assertThat(frequencies().find(key, REQUEST)).contains(SOME);
    assertThat(frequencies().find(key, new ScoreRequest(Split.ALL, References.RAW, Words.PTB)))
        .isEmpty();
    assertThat(frequencies().find(key, new ScoreRequest(TEST, References.RAW, Words.WHITESPACE)))
        .isEmpty();
  }

  @Test
  void keepsTheFirst() {
    PreparationKey key = published().key();
    add(key, REQUEST, SOME);
    add(key, REQUEST, NONE);
    assertThat(frequencies().find(key, REQUEST)).contains(SOME);
  }

  @Test
  void keepsNoneOfWhatIsNotPublishedOrDeleted() {
    PreparationKey begun = newPreparation(newJob());
    add(begun, REQUEST, SOME);
    assertThat(frequencies().find(begun, REQUEST)).isEmpty();
    Preparation deleted = published();
    write(() -> repositories().preparations().delete(deleted.id()));
    add(deleted.key(), REQUEST, SOME);
    assertThat(frequencies().find(deleted.key(), REQUEST)).isEmpty();
  }

  @Test
  void goesWithItsPreparation() {
    Preparation preparation = published();
    add(preparation.key(), REQUEST, SOME);
    write(() -> repositories().preparations().delete(preparation.id()));
    while (written(() -> repositories().preparations().sweep(100)) > 0) {
      // Goes on until nothing is left.
    }
    assertThat(frequencies().find(preparation.key(), REQUEST)).isEmpty();
  }
}
