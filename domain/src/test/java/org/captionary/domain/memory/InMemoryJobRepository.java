package org.captionary.domain.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.captionary.domain.memory.Store.ChunkRow;
import org.captionary.domain.memory.Store.JobRow;
import org.captionary.domain.memory.Store.StepKey;
import org.captionary.domain.memory.Store.StepRow;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;
import org.captionary.domain.preparation.StepProgress.OfNode;
import org.captionary.domain.preparation.Submission;

record InMemoryJobRepository(Store store) implements JobRepository {

  private static final Set<Phase> IMPORTING = Set.of(Phase.LOOK, Phase.READ, Phase.SEAL);

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
            submission.extractor(),
            Optional.of(Phase.LOOK),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            Optional.empty());
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
        .filter(job -> !job.force() && isActive(job))
        .findFirst();
  }

  private static boolean isActive(Job job) {
    return !job.state().isFinal() || job.preparation().isPresent();
  }

  @Override
  public Optional<Job> find(JobId job) {
    return store.jobs.find(job).map(JobRow::job);
  }

  @Override
  public Optional<Job> lock(JobId job) {
    return find(job);
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
  public boolean hasEarlierImport(JobId id) {
    Job mine = find(id).orElseThrow();
    return lastFirst()
        .filter(job -> job.id().value() < id.value() && job.dataset().equals(mine.dataset()))
        .filter(job -> job.state() == JobState.QUEUED || job.state() == JobState.RUNNING)
        .anyMatch(job -> job.phase().filter(IMPORTING::contains).isPresent());
  }

  @Override
  public boolean transition(JobId id, JobState from, JobState to, Instant now) {
    JobRow row = store.jobs.find(id).orElseThrow();
    if (row.job().state() != from || from.isFinal() && !to.isFinal() && hasEqual(row)) {
      return false;
    }
    boolean starts = to == JobState.RUNNING && row.job().startedAt().isEmpty();
    change(
        id,
        job ->
            with(
                job,
                to,
                job.preparation(),
                to.isFinal() ? job.error() : Optional.empty(),
                starts ? Optional.of(now) : job.startedAt(),
                to.isFinal() ? Optional.of(now) : Optional.empty()));
    return true;
  }

  private boolean hasEqual(JobRow row) {
    return !row.job().force()
        && store
            .jobs
            .rows()
            .filter(other -> other.identity().equals(row.identity()))
            .map(JobRow::job)
            .anyMatch(job -> !job.force() && isActive(job));
  }

  @Override
  public void enter(JobId id, Phase phase) {
    change(id, job -> with(job, Optional.of(phase), job.snapshot()));
  }

  @Override
  public void useSnapshot(JobId id, SnapshotId snapshot) {
    change(id, job -> with(job, job.phase(), Optional.of(snapshot)));
  }

  @Override
  public void stepStarted(JobId id, StepName step, long done, long total, Instant now) {
    StepKey key = new StepKey(id, step);
    Instant started = store.steps.find(key).map(StepRow::startedAt).orElse(now);
    store.steps.put(key, new StepRow(done, total, started, Optional.empty(), List.of()));
  }

  @Override
  public void stepEnded(JobId id, StepName step, Instant now) {
    StepKey key = new StepKey(id, step);
    StepRow row = store.steps.find(key).orElseThrow();
    List<OfNode> nodes =
        progress(key, row).nodes().stream()
            .map(node -> new OfNode(node.node(), node.done(), node.done()))
            .toList();
    store.steps.put(
        key, new StepRow(row.done(), row.total(), row.startedAt(), Optional.of(now), nodes));
  }

  @Override
  public List<StepProgress> steps(JobId job) {
    return Arrays.stream(StepName.values()).map(name -> step(new StepKey(job, name))).toList();
  }

  private StepProgress step(StepKey key) {
    return store
        .steps
        .find(key)
        .map(row -> row.endedAt().isPresent() ? ended(key, row) : progress(key, row))
        .orElse(StepProgress.waiting(key.step()));
  }

  private static StepProgress ended(StepKey key, StepRow row) {
    return new StepProgress(
        key.step(),
        row.total(),
        row.total(),
        Optional.of(row.startedAt()),
        row.endedAt(),
        Optional.of(row.startedAt()),
        row.total() - row.done(),
        row.nodes());
  }

  private StepProgress progress(StepKey key, StepRow row) {
    List<ChunkRow> done = done(key);
    Instant since =
        done.stream()
            .map(chunk -> chunk.doneAt().orElseThrow().minus(StepProgress.WINDOW))
            .max(Comparator.naturalOrder())
            .filter(row.startedAt()::isBefore)
            .orElse(row.startedAt());
    Map<String, List<ChunkRow>> byNode =
        done.stream()
            .collect(Collectors.groupingBy(ChunkRow::node, TreeMap::new, Collectors.toList()));
    List<OfNode> nodes = new ArrayList<>();
    byNode.forEach(
        (node, chunks) -> nodes.add(new OfNode(node, units(chunks), unitsSince(chunks, since))));
    return new StepProgress(
        key.step(),
        row.done() + units(done),
        row.total(),
        Optional.of(row.startedAt()),
        Optional.empty(),
        Optional.of(since),
        unitsSince(done, since),
        nodes);
  }

  private List<ChunkRow> done(StepKey key) {
    return store
        .chunks
        .entries()
        .filter(entry -> isOf(entry.getKey(), key) && entry.getValue().doneAt().isPresent())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean isOf(ChunkId chunk, StepKey step) {
    return chunk.job().equals(step.job())
        && chunk.phase().step() == step.step()
        && chunk.phase().counts();
  }

  private static long units(List<ChunkRow> chunks) {
    return chunks.stream().mapToLong(ChunkRow::units).sum();
  }

  private static long unitsSince(List<ChunkRow> chunks, Instant since) {
    return units(
        chunks.stream().filter(chunk -> chunk.doneAt().orElseThrow().isAfter(since)).toList());
  }

  @Override
  public void succeeded(JobId id, PreparationId preparation, Instant now) {
    change(
        id,
        job ->
            with(
                job,
                JobState.SUCCEEDED,
                published(preparation),
                Optional.empty(),
                job.startedAt(),
                Optional.of(now)));
  }

  private Optional<PreparationId> published(PreparationId id) {
    return new InMemoryPreparationRepository(store).byId(id).map(Preparation::id);
  }

  @Override
  public void failed(JobId id, String error, Instant now) {
    change(
        id,
        job ->
            job.state().isFinal()
                ? job
                : with(
                    job,
                    JobState.FAILED,
                    Optional.empty(),
                    Optional.of(error),
                    job.startedAt(),
                    Optional.of(now)));
  }

  private void change(JobId id, UnaryOperator<Job> change) {
    JobRow row = store.jobs.find(id).orElseThrow();
    store.jobs.put(id, new JobRow(change.apply(row.job()), row.identity()));
  }

  /** The job without its snapshot, which is gone. */
  static Job withoutSnapshot(Job job) {
    return with(job, job.phase(), Optional.empty());
  }

  private static Job with(Job job, Optional<Phase> phase, Optional<SnapshotId> snapshot) {
    return new Job(
        job.id(),
        job.dataset(),
        job.recipe(),
        job.force(),
        job.state(),
        job.extractor(),
        phase,
        snapshot,
        job.preparation(),
        job.error(),
        job.createdAt(),
        job.startedAt(),
        job.endedAt());
  }

  /** The job without its preparation, which is gone. */
  static Job withoutPreparation(Job job) {
    return with(job, job.state(), Optional.empty(), job.error(), job.startedAt(), job.endedAt());
  }

  private static Job with(
      Job job,
      JobState state,
      Optional<PreparationId> preparation,
      Optional<String> error,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt) {
    return new Job(
        job.id(),
        job.dataset(),
        job.recipe(),
        job.force(),
        state,
        job.extractor(),
        job.phase(),
        job.snapshot(),
        preparation,
        error,
        job.createdAt(),
        startedAt,
        endedAt);
  }
}
