package org.captionary.domain.memory;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.captionary.domain.memory.Store.JobRow;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;
import org.captionary.domain.preparation.Submission;

record InMemoryJobRepository(Store store) implements JobRepository {

  @Override
  public Optional<Job> add(Submission submission, Instant now) {
    if (!store.datasets.contains(submission.dataset())
        || !submission.force() && identical(submission).isPresent()) {
      return Optional.empty();
    }
    JobId id = new JobId(store.next());
    Job job =
        new Job(
            id,
            submission.dataset(),
            submission.recipe(),
            submission.force(),
            JobState.QUEUED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            Optional.empty(),
            Arrays.stream(StepName.values()).map(StepProgress::waiting).toList());
    store.jobs.insert(id, new JobRow(job, submission.identity()));
    return Optional.of(job);
  }

  @Override
  public Optional<Job> identical(Submission submission) {
    return store
        .jobs
        .rows()
        .filter(row -> row.identity().equals(submission.identity()))
        .map(JobRow::job)
        .filter(job -> !job.force())
        .filter(job -> !job.state().isFinal() || job.preparation().isPresent())
        .findFirst();
  }

  @Override
  public Optional<Job> find(JobId job) {
    return store.jobs.find(job).map(JobRow::job);
  }

  @Override
  public List<Job> all() {
    return lastFirst().toList();
  }

  @Override
  public Optional<Job> latest(String dataset) {
    return lastFirst().filter(job -> job.dataset().equals(dataset)).findFirst();
  }

  @Override
  public Optional<Job> unfinished(String dataset) {
    return lastFirst()
        .filter(job -> job.dataset().equals(dataset) && !job.state().isFinal())
        .findFirst();
  }

  private Stream<Job> lastFirst() {
    Comparator<Job> byId = Comparator.comparing(job -> job.id().value());
    return store.jobs.rows().map(JobRow::job).sorted(byId.reversed());
  }

  @Override
  public void running(JobId id, Instant now) {
    change(
        id,
        job ->
            with(
                job,
                JobState.RUNNING,
                job.snapshot(),
                job.preparation(),
                job.error(),
                job.startedAt().or(() -> Optional.of(now)),
                job.endedAt(),
                job.steps()));
  }

  @Override
  public void useSnapshot(JobId id, SnapshotId snapshot) {
    change(
        id,
        job ->
            with(
                job,
                job.state(),
                Optional.of(snapshot),
                job.preparation(),
                job.error(),
                job.startedAt(),
                job.endedAt(),
                job.steps()));
  }

  @Override
  public void stepStarted(JobId id, StepName step, long done, long total, Instant now) {
    changeStep(
        id,
        step,
        s ->
            new StepProgress(
                step,
                done,
                total,
                s.startedAt().or(() -> Optional.of(now)),
                Optional.empty(),
                Optional.of(now),
                done));
  }

  @Override
  public void stepAdvanced(JobId id, StepName step, long done) {
    changeStep(id, step, s -> progress(s, done, s.endedAt()));
  }

  @Override
  public void stepEnded(JobId id, StepName step, Instant now) {
    changeStep(id, step, s -> progress(s, s.total(), Optional.of(now)));
  }

  private static StepProgress progress(StepProgress s, long done, Optional<Instant> endedAt) {
    return new StepProgress(
        s.name(), done, s.total(), s.startedAt(), endedAt, s.resumedAt(), s.resumedDone());
  }

  @Override
  public void succeeded(JobId id, PreparationId preparation, Instant now) {
    change(
        id,
        job ->
            with(
                job,
                JobState.SUCCEEDED,
                job.snapshot(),
                published(preparation),
                Optional.empty(),
                job.startedAt(),
                Optional.of(now),
                job.steps()));
  }

  private Optional<PreparationId> published(PreparationId id) {
    return new InMemoryPreparationRepository(store).byId(id).map(Preparation::id);
  }

  @Override
  public void failed(JobId id, String error, Instant now) {
    change(
        id,
        job ->
            with(
                job,
                JobState.FAILED,
                job.snapshot(),
                Optional.empty(),
                Optional.of(error),
                job.startedAt(),
                Optional.of(now),
                job.steps()));
  }

  private void changeStep(JobId id, StepName name, UnaryOperator<StepProgress> change) {
    change(
        id,
        job ->
            with(
                job,
                job.state(),
                job.snapshot(),
                job.preparation(),
                job.error(),
                job.startedAt(),
                job.endedAt(),
                job.steps().stream().map(s -> s.name() == name ? change.apply(s) : s).toList()));
  }

  private void change(JobId id, UnaryOperator<Job> change) {
    JobRow row = store.jobs.find(id).orElseThrow();
    store.jobs.put(id, new JobRow(change.apply(row.job()), row.identity()));
  }

  /** The job without its snapshot, which is gone. */
  static Job withoutSnapshot(Job job) {
    return with(
        job,
        job.state(),
        Optional.empty(),
        job.preparation(),
        job.error(),
        job.startedAt(),
        job.endedAt(),
        job.steps());
  }

  /** The job without its preparation, which is gone. */
  static Job withoutPreparation(Job job) {
    return with(
        job,
        job.state(),
        job.snapshot(),
        Optional.empty(),
        job.error(),
        job.startedAt(),
        job.endedAt(),
        job.steps());
  }

  private static Job with(
      Job job,
      JobState state,
      Optional<SnapshotId> snapshot,
      Optional<PreparationId> preparation,
      Optional<String> error,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      List<StepProgress> steps) {
    return new Job(
        job.id(),
        job.dataset(),
        job.recipe(),
        job.force(),
        state,
        snapshot,
        preparation,
        error,
        job.createdAt(),
        startedAt,
        endedAt,
        steps);
  }
}
