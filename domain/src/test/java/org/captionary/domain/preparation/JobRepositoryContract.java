package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CleaningRules;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.preparation.StepProgress.OfNode;
import org.captionary.domain.vocabulary.StartEnd;
import org.junit.jupiter.api.Test;

/** Contract of {@link JobRepository}. */
public abstract class JobRepositoryContract extends RepositoryContract {

  private static final Recipe RICH =
      new Recipe(
          CaptionChoice.ALL,
          TRAIN,
          OptionalInt.of(7),
          CleaningRules.tutorial(3, true),
          4,
          Optional.of(new StartEnd("begin", "stop")),
          true,
          new JudgementFilter(OptionalDouble.of(2.5), OptionalDouble.of(0)),
          Network.VGG19,
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
                Optional.of(Phase.LOOK),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty()));
    assertThat(repositories().jobs().find(job.id())).contains(job);
    assertThat(repositories().jobs().steps(job.id()))
        .isEqualTo(Arrays.stream(StepName.values()).map(StepProgress::waiting).toList());
  }

  @Test
  void keepsEveryFieldOfARecipe() {
    Submission submission =
        new Submission(
            newDataset().name(), RICH, true, uniqueHash(), Optional.of(uniqueExtractor()));

    Job job = found(add(submission).orElseThrow().id());

    assertThat(job.extractor()).isEqualTo(submission.extractor());

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
    move(first, JobState.QUEUED, JobState.RUNNING);

    assertThat(add(submission)).isEmpty();
    assertThat(identical(submission)).map(Job::id).contains(first.id());

    move(first, JobState.RUNNING, JobState.PAUSED);

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

    move(job, JobState.QUEUED, JobState.RUNNING);
    move(job, JobState.RUNNING, JobState.PAUSED);
    write(
        () -> repositories().jobs().transition(job.id(), JobState.PAUSED, JobState.RUNNING, LATER));

    Job running = found(job.id());
    assertThat(running.state()).isEqualTo(JobState.RUNNING);
    assertThat(running.startedAt()).contains(NOW);
    assertThat(running.endedAt()).isEmpty();
  }

  @Test
  void leavesAJobInAnotherStateAlone() {
    Job job = newJob();

    assertThat(move(job, JobState.RUNNING, JobState.PAUSED)).isFalse();
    assertThat(found(job.id())).isEqualTo(job);
  }

  @Test
  void aCancelledJobHasEndedAndFreesTheWay() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();

    assertThat(move(first, JobState.QUEUED, JobState.CANCELLED)).isTrue();

    assertThat(found(first.id()).endedAt()).contains(NOW);
    assertThat(add(submission)).isPresent();
  }

  @Test
  void aFailedJobRunsAgainUnlessAnEqualOneCameAfterIt() {
    Submission submission = submission(newDataset().name());
    Job first = add(submission).orElseThrow();
    write(() -> repositories().jobs().failed(first.id(), "no", LATER));

    assertThat(move(first, JobState.FAILED, JobState.RUNNING)).isTrue();
    assertThat(found(first.id()).error()).isEmpty();
    assertThat(found(first.id()).endedAt()).isEmpty();

    write(() -> repositories().jobs().failed(first.id(), "no", LATER));
    add(submission);
    assertThat(move(first, JobState.FAILED, JobState.RUNNING)).isFalse();
    assertThat(found(first.id()).error()).contains("no");
  }

  @Test
  void aJobThatHasEndedDoesNotFail() {
    Job job = newJob();
    move(job, JobState.QUEUED, JobState.CANCELLED);

    write(() -> repositories().jobs().failed(job.id(), "late", LATER));

    assertThat(found(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(found(job.id()).error()).isEmpty();
  }

  @Test
  void findsALockedJob() {
    Job job = newJob();

    assertThat(written(() -> repositories().jobs().lock(job.id()))).contains(job);
    assertThat(written(() -> repositories().jobs().lock(new JobId(Long.MAX_VALUE)))).isEmpty();
  }

  @Test
  void keepsThePhase() {
    Job job = newJob();

    write(() -> repositories().jobs().enter(job.id(), Phase.MEASURE));

    assertThat(found(job.id()).phase()).contains(Phase.MEASURE);
  }

  @Test
  void knowsAnEarlierImportOfTheSameDataset() {
    String dataset = newDataset().name();
    Job first = newJob(dataset);
    Job second = newJob(dataset);
    Job other = newJob();

    assertThat(repositories().jobs().hasEarlierImport(first.id())).isFalse();
    assertThat(repositories().jobs().hasEarlierImport(other.id())).isFalse();
    assertThat(repositories().jobs().hasEarlierImport(second.id())).isTrue();

    move(first, JobState.QUEUED, JobState.RUNNING);
    write(() -> repositories().jobs().enter(first.id(), Phase.SEAL));
    assertThat(repositories().jobs().hasEarlierImport(second.id())).isTrue();

    move(first, JobState.RUNNING, JobState.PAUSED);
    assertThat(repositories().jobs().hasEarlierImport(second.id())).isFalse();

    move(first, JobState.PAUSED, JobState.RUNNING);
    write(() -> repositories().jobs().enter(first.id(), Phase.CLEAN));
    assertThat(repositories().jobs().hasEarlierImport(second.id())).isFalse();
  }

  @Test
  void keepsTheSnapshot() {
    Job job = newJob();

    SnapshotId snapshot = newSnapshot(job);

    assertThat(found(job.id()).snapshot()).contains(snapshot);
  }

  /** Two nodes, one of which did its part more than a minute before the other. */
  @Test
  void addsUpWhatChunksHaveDone() {
    Job job = newJob();
    move(job, JobState.QUEUED, JobState.RUNNING);
    write(() -> repositories().jobs().stepStarted(job.id(), StepName.CLEAN, 2, 10, NOW));
    assertThat(step(job, StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN,
                2,
                10,
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(NOW),
                0,
                List.of()));

    plan(job, Phase.CLEAN, 3);
    plan(job, Phase.COUNT, 1);
    done(new ChunkId(job.id(), Phase.CLEAN, 0), "b", 4, NOW.plusSeconds(1));
    done(new ChunkId(job.id(), Phase.CLEAN, 2), "a", 3, NOW.plusSeconds(100));
    done(new ChunkId(job.id(), Phase.COUNT, 0), "a", 9, NOW.plusSeconds(100));

    assertThat(step(job, StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN,
                9,
                10,
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(40)),
                3,
                List.of(new OfNode("a", 3, 3), new OfNode("b", 4, 0))));

    write(() -> repositories().jobs().stepEnded(job.id(), StepName.CLEAN, LATER));
    write(() -> repositories().chunks().clear(job.id()));

    assertThat(step(job, StepName.CLEAN))
        .isEqualTo(
            new StepProgress(
                StepName.CLEAN,
                10,
                10,
                Optional.of(NOW),
                Optional.of(LATER),
                Optional.of(NOW),
                8,
                List.of(new OfNode("a", 3, 3), new OfNode("b", 4, 4))));
    assertThat(step(job, StepName.IMPORT)).isEqualTo(StepProgress.waiting(StepName.IMPORT));
  }

  @Test
  void aStepTakenUpAgainKeepsItsFirstStartAndIsNotOver() {
    Job job = newJob();
    write(() -> repositories().jobs().stepStarted(job.id(), StepName.FEATURES, 0, 10, NOW));
    write(() -> repositories().jobs().stepEnded(job.id(), StepName.FEATURES, NOW));

    write(() -> repositories().jobs().stepStarted(job.id(), StepName.FEATURES, 6, 12, LATER));

    assertThat(step(job, StepName.FEATURES))
        .isEqualTo(
            new StepProgress(
                StepName.FEATURES,
                6,
                12,
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(NOW),
                0,
                List.of()));
  }

  private StepProgress step(Job job, StepName name) {
    return repositories().jobs().steps(job.id()).get(name.ordinal());
  }

  private void plan(Job job, Phase phase, int chunks) {
    write(
        () ->
            repositories()
                .chunks()
                .plan(job.id(), phase, Collections.nCopies(chunks, List.of("x"))));
  }

  private void done(ChunkId id, String node, long units, Instant at) {
    write(
        () -> {
          Chunk chunk = repositories().chunks().take(id, node).orElseThrow();
          repositories().chunks().done(chunk, node, units, List.of(), at);
        });
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
    move(job, JobState.QUEUED, JobState.RUNNING);
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

  private boolean move(Job job, JobState from, JobState to) {
    return written(() -> repositories().jobs().transition(job.id(), from, to, NOW));
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
