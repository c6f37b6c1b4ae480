package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.ScoreRepository.Summary;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.captionary.domain.training.IncompletePreparationException;
import org.junit.jupiter.api.Test;

/** Contract of {@link ScoreRepository}. */
public abstract class ScoreRepositoryContract extends RepositoryContract {

  private static final ScoreRequest REQUEST =
      new ScoreRequest(TEST, References.CLEANED, Words.WHITESPACE);

  protected abstract ScoreRepository scores();

  private static NamedScores named(String name, Instant at, String... photos) {
    SortedMap<PhotoId, Map<Metric, Double>> ofPhotos = new TreeMap<>();
    for (String photo : photos) {
      ofPhotos.put(new PhotoId(photo), values(photo.length()));
    }
    return new NamedScores(name, REQUEST, at, new Evaluation(values(0.5), ofPhotos));
  }

  /** With numbers that need all digits. */
  private static Map<Metric, Double> values(double first) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      values.put(metric, first / (3 + metric.ordinal()));
    }
    values.put(Metric.BLEU_4, 1.163336936997511e-15);
    return values;
  }

  private boolean add(PreparationKey preparation, NamedScores named) {
    return written(() -> scores().add(preparation, named));
  }

  @Test
  void givesScoresAsTheyWereKept() {
    PreparationKey key = published().key();
    NamedScores named = named("run-1", NOW, "a", "folder/b \u72d7");

    assertThat(add(key, named)).isTrue();

    assertThat(scores().find(key, "run-1")).contains(named);
    assertThat(scores().find(key, "run-2")).isEmpty();
    assertThat(scores().find(published().key(), "run-1")).isEmpty();
  }

  @Test
  void keepsTheFirstOfAName() {
    PreparationKey key = published().key();
    NamedScores first = named("run", NOW, "a");
    add(key, first);

    assertThat(add(key, named("run", LATER, "b"))).isFalse();

    assertThat(scores().find(key, "run")).contains(first);
  }

  @Test
  void listsTheOldestFirst() {
    PreparationKey key = published().key();
    add(key, named("b", LATER, "a", "bb"));
    add(key, named("c", NOW));
    add(key, named("a", LATER));
    add(published().key(), named("other", NOW));

    assertThat(scores().all(key)).extracting(Summary::name).containsExactly("c", "a", "b");
    assertThat(scores().all(key).get(2)).isEqualTo(Summary.of(named("b", LATER, "a", "bb")));
  }

  @Test
  void deletesByName() {
    PreparationKey key = published().key();
    add(key, named("run", NOW));
    add(key, named("stays", NOW));

    assertThat(written(() -> scores().delete(key, "run"))).isTrue();
    assertThat(written(() -> scores().delete(key, "run"))).isFalse();

    assertThat(scores().all(key)).extracting(Summary::name).containsExactly("stays");
  }

  @Test
  void keepsNoneOfWhatIsNotPublishedOrDeleted() {
    PreparationKey begun = newPreparation(newJob());
    assertThatThrownBy(() -> add(begun, named("run", NOW)))
        .isInstanceOf(IncompletePreparationException.class);
    Preparation deleted = published();
    write(() -> repositories().preparations().delete(deleted.id()));
    assertThatThrownBy(() -> add(deleted.key(), named("run", NOW)))
        .isInstanceOf(IncompletePreparationException.class);
  }

  @Test
  void scoresGoWithTheirPreparation() {
    Preparation preparation = published();
    add(preparation.key(), named("run", NOW, "a"));
    write(() -> repositories().preparations().delete(preparation.id()));
    while (written(() -> repositories().preparations().sweep(100)) > 0) {
      // Goes on until nothing is left.
    }
    assertThat(scores().all(preparation.key())).isEmpty();
  }
}
