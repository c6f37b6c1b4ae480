package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.WordCount;
import org.captionary.domain.vocabulary.WordTally;
import org.junit.jupiter.api.Test;

/** Contract of {@link PreparationRepository}. */
public abstract class PreparationRepositoryContract extends RepositoryContract {

  static Provenance provenance(Job job) {
    return new Provenance(
        job.id(),
        uniqueHash(),
        new Snapshot.TextFiles(
            uniqueHash(), new TreeMap<>(Map.of("train", uniqueHash(), "test", uniqueHash()))),
        new Provenance.Environment("0.1.0", "17.0.15", "Linux amd64"),
        NOW,
        LATER);
  }

  private static Preparation preparation(Job job, PreparationKey key, PreparationId id) {
    return new Preparation(
        id,
        key,
        job.dataset(),
        job.recipe(),
        4_485,
        28,
        2,
        Map.of(
            Split.ALL,
            new SplitFigures(7, 6, 5, 3, 2, 1, Map.of(0, 3L, 12, 4L)),
            TRAIN,
            new SplitFigures(1, 2, 3, 5_000_000_000L, 6, 7, Map.of(9, 5_000_000_000L)),
            TEST,
            SplitFigures.NONE),
        Optional.of(uniqueExtractor()),
        provenance(job));
  }

  @Test
  void goesOnWithWhatTheJobBegan() {
    Job job = newJob();

    PreparationKey key = newPreparation(job);

    assertThat(newPreparation(job)).isEqualTo(key);
    assertThat(repositories().preparations().begun(job.id())).contains(key);
    assertThat(newPreparation(newJob())).isNotEqualTo(key);
  }

  @Test
  void showsAPreparationAsItWasPublished() {
    Job job = newJob();
    Preparation preparation = preparation(job, newPreparation(job), uniquePreparationId());
    assertThat(repositories().preparations().byId(preparation.id())).isEmpty();

    assertThat(publish(preparation)).isTrue();

    assertThat(repositories().preparations().begun(job.id())).isEmpty();
    assertThat(repositories().preparations().byId(preparation.id())).contains(preparation);
    assertThat(repositories().preparations().all()).contains(preparation);
  }

  @Test
  void keepsAPreparationWithoutFeatures() {
    Job job = newJob();
    Preparation with = preparation(job, newPreparation(job), uniquePreparationId());
    Preparation preparation =
        new Preparation(
            with.id(),
            with.key(),
            with.dataset(),
            RecipeFields.read(Map.of("features", "none")),
            1,
            0,
            0,
            Map.of(Split.ALL, SplitFigures.NONE),
            Optional.<ExtractorIdentity>empty(),
            with.provenance());

    publish(preparation);

    assertThat(repositories().preparations().byId(preparation.id())).contains(preparation);
  }

  @Test
  void hidesWhatIsNotPublished() {
    PreparationKey key = newPreparation(newJob());

    assertThat(repositories().preparations().all())
        .extracting(Preparation::key)
        .doesNotContain(key);
  }

  @Test
  void refusesASecondPreparationOfTheSameId() {
    PreparationId id = uniquePreparationId();
    Job firstJob = newJob();
    Job secondJob = newJob();
    Preparation first = preparation(firstJob, newPreparation(firstJob), id);
    Preparation second = preparation(secondJob, newPreparation(secondJob), id);
    publish(first);

    assertThat(publish(second)).isFalse();

    assertThat(repositories().preparations().byId(id)).contains(first);
    assertThat(repositories().preparations().all())
        .extracting(Preparation::key)
        .contains(first.key())
        .doesNotContain(second.key());
  }

  @Test
  void listsTheLastPublishedFirst() {
    Job early = newJob();
    Job late = newJob();
    PreparationKey earlyKey = newPreparation(early);
    PreparationKey lateKey = newPreparation(late);
    publish(preparation(late, lateKey, uniquePreparationId()));
    publish(preparation(early, earlyKey, uniquePreparationId()));

    assertThat(repositories().preparations().all().stream().map(Preparation::key).toList())
        .containsSubsequence(earlyKey, lateKey);
  }

  @Test
  void discardsWhatWasBegunWithAllItsRows() {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);

    write(() -> repositories().preparations().discard(job.id()));

    assertThat(repositories().preparations().begun(job.id())).isEmpty();
    cleanUp();
    assertIsEmpty(key);
    assertIsEmpty(newPreparation(job));
  }

  /** However many there are. */
  @Test
  void whatWasDiscardedGoesAFewRowsAtATime() {
    cleanUp();
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);
    write(() -> repositories().preparations().discard(job.id()));

    int swept = 2;
    while (swept > 0) {
      assertThat(swept).isBetween(1, 2);
      swept = written(() -> repositories().preparations().sweep(2));
    }

    assertIsEmpty(key);
  }

  @Test
  void discardsNothingOfAnotherJob() {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);
    Job other = newJob();
    newPreparation(other);

    write(() -> repositories().preparations().discard(other.id()));

    assertThat(repositories().captions().cleanAfter(key, Optional.empty(), 9)).hasSize(1);
    assertThat(newPreparation(job)).isEqualTo(key);
  }

  @Test
  void discardsNothingThatIsPublished() {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);
    Preparation preparation = preparation(job, key, uniquePreparationId());
    publish(preparation);

    write(() -> repositories().preparations().discard(job.id()));

    assertThat(repositories().preparations().byId(preparation.id())).contains(preparation);
    assertThat(repositories().captions().cleanAfter(key, Optional.empty(), 9)).hasSize(1);
    assertThat(repositories().vocabularies().find(key)).isPresent();
    assertThat(repositories().examples().photosAfter(key, Optional.empty(), 9)).hasSize(1);
  }

  @Test
  void discardingWhereNothingWasBegunIsHarmless() {
    Job job = newJob();

    write(() -> repositories().preparations().discard(job.id()));

    assertIsEmpty(newPreparation(job));
  }

  @Test
  void deletesAPublishedPreparationWithAllItsRows() {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);
    Preparation preparation = preparation(job, key, uniquePreparationId());
    publish(preparation);

    assertThat(delete(preparation.id())).isTrue();
    assertThat(repositories().preparations().byId(preparation.id())).isEmpty();
    assertThat(repositories().preparations().all()).doesNotContain(preparation);
    assertThat(delete(preparation.id())).isFalse();

    cleanUp();
    assertIsEmpty(key);
    assertThat(written(() -> repositories().preparations().sweep(1))).isZero();
  }

  @Test
  void deletesNothingElse() {
    Job job = newJob();
    PreparationKey key = newPreparation(job);
    fill(job, key);
    Preparation preparation = preparation(job, key, uniquePreparationId());
    publish(preparation);
    Job making = newJob();
    PreparationKey unpublished = newPreparation(making);
    fill(making, unpublished);

    assertThat(delete(uniquePreparationId())).isFalse();
    cleanUp();

    for (PreparationKey kept : List.of(key, unpublished)) {
      assertThat(repositories().captions().cleanAfter(kept, Optional.empty(), 9)).hasSize(1);
      assertThat(repositories().vocabularies().find(kept)).isPresent();
      assertThat(repositories().examples().photosAfter(kept, Optional.empty(), 9)).hasSize(1);
    }
  }

  @Test
  void publishesUnderTheIdOfADeletedOne() {
    PreparationId id = uniquePreparationId();
    Job firstJob = newJob();
    Preparation first = preparation(firstJob, newPreparation(firstJob), id);
    publish(first);
    delete(id);
    Job secondJob = newJob();
    Preparation second = preparation(secondJob, newPreparation(secondJob), id);

    assertThat(publish(second)).isTrue();
    cleanUp();

    assertThat(second.key()).isNotEqualTo(first.key());
    assertThat(repositories().preparations().byId(id)).contains(second);
  }

  private boolean delete(PreparationId id) {
    return written(() -> repositories().preparations().delete(id));
  }

  private boolean publish(Preparation preparation) {
    return written(() -> repositories().preparations().publish(preparation));
  }

  private static final List<WordTally> TALLIES =
      Stream.of("a", "dog", "runs").map(word -> new WordTally(word, 1, 1, 0, 0)).toList();

  private void fill(Job job, PreparationKey key) {
    SnapshotId snapshot = newSnapshot(job);
    addCaptions(snapshot, "a: a dog runs");
    var photo = clean(described(snapshot).get(0));
    Vocabulary words = new Vocabulary(List.of(new WordCount("dog", 1, 1)), false, 1);
    var encoded = photo.with(clean -> List.of(new EncodedCaption(new int[] {1, 1})));
    write(
        () -> {
          repositories().captions().addClean(key, List.of(photo));
          repositories().vocabularies().save(key, new FittedVocabulary(words, 3));
          repositories().vocabularies().addTallies(key, TALLIES);
          repositories()
              .examples()
              .add(
                  key,
                  List.of(new ExampleNumbering(ExampleTotals.NONE).number(encoded)),
                  ExampleTotals.NONE);
        });
  }

  private void assertIsEmpty(PreparationKey key) {
    assertThat(repositories().captions().cleanAfter(key, Optional.empty(), 9)).isEmpty();
    assertThat(repositories().vocabularies().find(key)).isEmpty();
    repositories().vocabularies().forEachTally(key, tally -> fail("a tally is left"));
    assertThat(repositories().examples().photosAfter(key, Optional.empty(), 9)).isEmpty();
  }
}
