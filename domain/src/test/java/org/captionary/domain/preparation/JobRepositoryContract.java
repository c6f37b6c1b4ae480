package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CleaningRules;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.vocabulary.StartEnd;
import org.junit.jupiter.api.Test;

/** Contract of {@link JobRepository}. */
public abstract class JobRepositoryContract extends RepositoryContract {

  private static final Recipe RICH =
      new Recipe(
          CaptionChoice.ALL,
          TRAIN,
          OptionalInt.of(7),
          new CleaningRules(3, true),
          4,
          Optional.of(new StartEnd("begin", "stop")),
          true,
          Set.of(FeatureLayer.FC2, FeatureLayer.BLOCK5_POOL),
          new Rendering(Resize.LANCZOS, true),
          Precision.BFLOAT16,
          StoredType.FLOAT16);

  @Test
  void addsAQueuedJobWithEveryStepWaiting() {
    String dataset = newDataset().name();

    Job job = add(submission(dataset)).orElseThrow();

    assertThat(job)
        .isEqualTo(
            new Job(
                job.id(),
                dataset,
                Recipe.TUTORIAL,
                false,
                JobState.QUEUED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Arrays.stream(StepName.values()).map(StepProgress::waiting).toList()));
    assertThat(repositories().jobs().find(job.id())).contains(job);
  }

  @Test
  void keepsEveryFieldOfARecipe() {
    Submission submission =
        new Submission(newDataset().name(), RICH, true, uniqueHash(), Optional.empty());

    Job job = found(add(submission).orElseThrow().id());

    assertThat(job.recipe()).isEqualTo(RICH);
    assertThat(job.force()).isTrue();
  }

  @Test
  void findsNothingUnderAnUnknownId() {
    assertThat(repositories().jobs().find(new JobId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void refusesAJobIdenticalToAQueuedOne() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();

    assertThat(add(submission)).isEmpty();
    assertThat(identical(submission)).contains(first);
  }

  @Test
  void refusesAJobIdenticalToARunningOne() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();
    write(() -> repositories().jobs().running(first.id(), NOW));

    assertThat(add(submission)).isEmpty();
    assertThat(identical(submission)).map(Job::id).contains(first.id());
  }

  @Test
  void refusesAJobIdenticalToASucceededOne() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();
    succeed(first);

    assertThat(add(submission)).isEmpty();
    assertThat(identical(submission)).map(Job::id).contains(first.id());
  }

  @Test
  void aFailedJobFreesTheWayForAnIdenticalOne() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();
    write(() -> repositories().jobs().failed(first.id(), "no", LATER));

    assertThat(identical(submission)).isEmpty();
    Job second = add(submission).orElseThrow();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(identical(submission)).contains(second);
    assertThat(found(first.id()).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void addsForcedJobsInAnyCase() {
    Submission plain = submission(newDataset().name());
    Submission forced =
        new Submission(
            plain.dataset(), plain.recipe(), true, plain.fingerprint(), Optional.empty());
    Job first = add(plain).orElseThrow();

    Job second = add(forced).orElseThrow();
    Job third = add(forced).orElseThrow();

    assertThat(List.of(first.id(), second.id(), third.id())).doesNotHaveDuplicates();
    assertThat(identical(plain)).contains(first);
  }

  @Test
  void aForcedJobDoesNotStandInTheWayOfOneThatIsNot() {
    Submission plain = submission(newDataset().name());
    Submission forced =
        new Submission(
            plain.dataset(), plain.recipe(), true, plain.fingerprint(), Optional.empty());
    add(forced);

    assertThat(identical(plain)).isEmpty();
    assertThat(add(plain)).isPresent();
  }

  @Test
  void takesDatasetRecipeFilesAndExtractorForTheIdentity() {
    Submission first = submission(newDataset().name());
    ExtractorIdentity extractor = uniqueExtractor();
    add(first);

    assertThat(add(new Submission(first.dataset(), RICH, false, first.fingerprint(), none())))
        .isPresent();
    assertThat(add(new Submission(first.dataset(), Recipe.TUTORIAL, false, uniqueHash(), none())))
        .isPresent();
    assertThat(
            add(
                new Submission(
                    first.dataset(),
                    Recipe.TUTORIAL,
                    false,
                    first.fingerprint(),
                    Optional.of(extractor))))
        .isPresent();
    assertThat(
            add(
                new Submission(
                    newDataset().name(), Recipe.TUTORIAL, false, first.fingerprint(), none())))
        .isPresent();
  }

  @Test
  void numbersLaterJobsHigherAndListsThemFirst() {
    String dataset = newDataset().name();
    String other = newDataset().name();
    Job first = newJob(dataset);
    Job second = newJob(other);
    Job third = newJob(dataset);

    assertThat(first.id().value()).isLessThan(second.id().value());
    assertThat(second.id().value()).isLessThan(third.id().value());
    assertThat(repositories().jobs().all().stream().filter(List.of(first, second, third)::contains))
        .containsExactly(third, second, first);
    assertThat(repositories().jobs().latest(dataset)).contains(third);
    assertThat(repositories().jobs().latest(other)).contains(second);
    assertThat(repositories().jobs().latest(newDataset().name())).isEmpty();
  }

  @Test
  void keepsTheTimeOfTheFirstStart() {
    Job job = newJob();

    write(() -> repositories().jobs().running(job.id(), NOW));
    write(() -> repositories().jobs().running(job.id(), LATER));

    Job running = found(job.id());
    assertThat(running.state()).isEqualTo(JobState.RUNNING);
    assertThat(running.startedAt()).contains(NOW);
    assertThat(running.endedAt()).isEmpty();
  }

  @Test
  void keepsTheSnapshot() {
    Job job = newJob();

    SnapshotId snapshot = newSnapshot(job);

    assertThat(found(job.id()).snapshot()).contains(snapshot);
  }

  @Test
  void notesThatAStepStartsAdvancesAndEnds() {
    Job job = newJob();

    write(() -> repositories().jobs().stepStarted(job.id(), StepName.CLEAN, 2, 10, NOW));
    assertThat(found(job.id()).step(StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN, 2, 10, Optional.of(NOW), Optional.empty(), Optional.of(NOW), 2));

    write(() -> repositories().jobs().stepAdvanced(job.id(), StepName.CLEAN, 9));
    assertThat(found(job.id()).step(StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN, 9, 10, Optional.of(NOW), Optional.empty(), Optional.of(NOW), 2));

    write(() -> repositories().jobs().stepEnded(job.id(), StepName.CLEAN, LATER));
    assertThat(found(job.id()).step(StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN, 10, 10, Optional.of(NOW), Optional.of(LATER), Optional.of(NOW), 2));
    assertThat(found(job.id()).step(StepName.IMPORT))
        .isEqualTo(StepProgress.waiting(StepName.IMPORT));
  }

  @Test
  void aStepTakenUpAgainKeepsItsFirstStartAndIsNotOver() {
    Job job = newJob();
    write(() -> repositories().jobs().stepStarted(job.id(), StepName.FEATURES, 0, 10, NOW));
    write(() -> repositories().jobs().stepEnded(job.id(), StepName.FEATURES, NOW));

    write(() -> repositories().jobs().stepStarted(job.id(), StepName.FEATURES, 6, 12, LATER));

    assertThat(found(job.id()).step(StepName.FEATURES))
        .isEqualTo(
            new StepProgress(
                StepName.FEATURES,
                6,
                12,
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(LATER),
                6));
  }

  @Test
  void keepsThePreparationOfAJobThatSucceeded() {
    Job job = newJob();

    PreparationId preparation = succeed(job);

    Job ended = found(job.id());
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.preparation()).contains(preparation);
    assertThat(ended.error()).isEmpty();
    assertThat(ended.endedAt()).contains(LATER);
  }

  @Test
  void keepsTheErrorOfAJobThatFailed() {
    Job job = newJob();
    String error = "recipe.startEnd: \"dog\" is not allowed; 'never' \\N \u00e9\uD83D\uDE00";

    write(() -> repositories().jobs().failed(job.id(), error, LATER));

    Job ended = found(job.id());
    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.error()).contains(error);
    assertThat(ended.preparation()).isEmpty();
    assertThat(ended.endedAt()).contains(LATER);
  }

  @Test
  void aDeletedPreparationFreesTheWayForAnIdenticalJob() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();
    PreparationId preparation = succeed(first);
    Job before = found(first.id());
    write(() -> repositories().preparations().delete(preparation));

    assertThat(found(first.id()))
        .usingRecursiveComparison()
        .ignoringFields("preparation")
        .isEqualTo(before);
    assertThat(found(first.id()).preparation()).isEmpty();
    assertThat(identical(submission)).isEmpty();
    Job second = add(submission).orElseThrow();

    assertThat(second.id()).isNotEqualTo(first.id());
    succeed(second);
    assertThat(identical(submission)).map(Job::id).contains(second.id());
    assertThat(add(submission)).isEmpty();
  }

  @Test
  void everyJobThatFoundADeletedPreparationLosesIt() {
    PreparationId preparation = succeed(newJob());
    Job other = newJob();
    write(() -> repositories().jobs().succeeded(other.id(), preparation, LATER));
    assertThat(found(other.id()).preparation()).contains(preparation);

    write(() -> repositories().preparations().delete(preparation));

    assertThat(found(other.id()).preparation()).isEmpty();
  }

  @Test
  void aJobSucceedsWithoutAPreparationThatWasDeletedMeanwhile() {
    PreparationId preparation = succeed(newJob());
    write(() -> repositories().preparations().delete(preparation));
    Submission submission = submission(newDataset().name());
    Job job = add(submission).orElseThrow();

    write(() -> repositories().jobs().succeeded(job.id(), preparation, LATER));

    assertThat(found(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(found(job.id()).preparation()).isEmpty();
    assertThat(identical(submission)).isEmpty();
  }

  @Test
  void addsNoJobOfADatasetThatIsNotThere() {
    Submission submission = submission(uniqueName());

    assertThat(add(submission)).isEmpty();
    assertThat(identical(submission)).isEmpty();
  }

  @Test
  void findsAJobThatIsNotOver() {
    String dataset = newDataset().name();
    assertThat(repositories().jobs().unfinished(dataset)).isEmpty();
    Job job = newJob(dataset);
    newJob();
    assertThat(repositories().jobs().unfinished(dataset)).contains(job);
    write(() -> repositories().jobs().running(job.id(), NOW));
    assertThat(repositories().jobs().unfinished(dataset)).map(Job::id).contains(job.id());
    succeed(job);
    Job failed = newJob(dataset);
    write(() -> repositories().jobs().failed(failed.id(), "no", LATER));
    assertThat(repositories().jobs().unfinished(dataset)).isEmpty();
  }

  private PreparationId succeed(Job job) {
    PreparationId id = publish(job, newPreparation(job), job.recipe(), Optional.empty()).id();
    write(() -> repositories().jobs().succeeded(job.id(), id, LATER));
    return id;
  }

  private static Optional<ExtractorIdentity> none() {
    return Optional.empty();
  }

  private Optional<Job> add(Submission submission) {
    return written(() -> repositories().jobs().add(submission, NOW));
  }

  private Optional<Job> identical(Submission submission) {
    return repositories().jobs().identical(submission);
  }

  private Job found(JobId id) {
    return repositories().jobs().find(id).orElseThrow();
  }
}
