package org.captionary.domain.preparation;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;

/** Registers data sets and submits jobs over them. */
public final class JobService {

  private final Ports ports;
  private final InstantSource clock;
  private final JobEnd end;

  public JobService(Ports ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
    this.end = new JobEnd(ports, clock);
  }

  /**
   * A data set with the format that its files are of.
   *
   * @throws InvalidInputException on field {@code format} if they are of none that is known, or as
   *     {@link DatasetFiles#check}
   */
  public Dataset recognised(Dataset dataset) {
    return ports.formats().stream()
        .filter(files -> files.recognises(dataset))
        .findFirst()
        .map(files -> dataset.withFormat(files.format()))
        .orElseThrow(() -> new InvalidInputException("format", null, ports.formatNames()));
  }

  /**
   * Registers a data set whose files can be read.
   *
   * @return false if the name is taken
   * @throws InvalidInputException naming the field of the data set
   */
  public boolean register(Dataset dataset) {
    DatasetFiles files =
        ports
            .findFiles(dataset.format())
            .orElseThrow(
                () -> new InvalidInputException("format", dataset.format(), ports.formatNames()));
    files.check(dataset);
    return ports.unit().call(() -> ports.datasets().add(dataset));
  }

  /**
   * Submits a job, or finds the one that does just this already: same files, recipe and weights.
   *
   * @param force a new job in any case
   * @throws InvalidInputException on field {@code dataset}, {@code recipe.fitOn}, {@code
   *     recipe.features} if the weights lack a layer, as {@link JudgementUse#check}, or as {@link
   *     DatasetFiles#check}
   */
  public Job submit(String datasetName, Recipe recipe, boolean force) {
    Dataset dataset =
        ports.datasets().byName(datasetName).orElseThrow(() -> unregistered(datasetName));
    return submit(submission(dataset, recipe, force, fingerprint(dataset)), () -> {});
  }

  private Submission submission(
      Dataset dataset, Recipe recipe, boolean force, ContentHash fingerprint) {
    FitOn.check(ports.formats(), dataset, recipe);
    JudgementUse.check(dataset, recipe);
    return new Submission(dataset.name(), recipe, force, fingerprint, ports.extractorFor(recipe));
  }

  /**
   * @param along done in the same unit of work
   */
  Job submit(Submission submission, Runnable along) {
    Job job =
        ports
            .unit()
            .call(
                () -> {
                  along.run();
                  return addOrFind(submission);
                });
    ports.queue().wake();
    return job;
  }

  private ContentHash fingerprint(Dataset dataset) {
    return ports.files(dataset.format()).fingerprint(dataset);
  }

  /**
   * Submits a job for a data set whose files changed since its last job, by the recipe of that job;
   * for one that never had a job, by the tutorial's.
   *
   * @return empty if nothing changed or a job is under way
   * @throws InvalidInputException as {@link #submit}
   */
  public Optional<Job> submitIfDue(Dataset dataset) {
    return isUnderWay(dataset)
        ? Optional.empty()
        : due(dataset).map(submission -> submit(submission, () -> {}));
  }

  /** Whether the last job of a data set is not over. */
  boolean isUnderWay(Dataset dataset) {
    return ports.jobs().latest(dataset.name()).filter(job -> !job.state().isFinal()).isPresent();
  }

  /** What is to be submitted for a data set of which no job is under way. */
  Optional<Submission> due(Dataset dataset) {
    Optional<Job> last = ports.jobs().latest(dataset.name());
    ContentHash now = fingerprint(dataset);
    if (last.isPresent() && isUnchanged(dataset, now)) {
      return Optional.empty();
    }
    Recipe recipe = last.map(Job::recipe).orElse(Recipe.TUTORIAL);
    return Optional.of(submission(dataset, recipe, false, now));
  }

  private boolean isUnchanged(Dataset dataset, ContentHash now) {
    return ports
        .snapshots()
        .latest(dataset.name())
        .filter(snapshot -> snapshot.fingerprint().equals(now))
        .isPresent();
  }

  private Job addOrFind(Submission submission) {
    // Between the two questions the job found may fail, and then a new one may be added.
    return add(submission)
        .or(() -> ports.jobs().identical(submission))
        .or(() -> add(submission))
        // The data set was deleted meanwhile.
        .orElseThrow(() -> unregistered(submission.dataset()));
  }

  private static InvalidInputException unregistered(String dataset) {
    return new InvalidInputException("dataset", dataset, "the name of a registered data set");
  }

  private Optional<Job> add(Submission submission) {
    Optional<Job> added = ports.jobs().add(submission, clock.instant());
    added.ifPresent(this::begin);
    return added;
  }

  private void begin(Job job) {
    ports.chunks().plan(job.id(), Phase.LOOK, List.of(List.of()));
    ports.queue().enqueue(job, ports.chunks().open(job.id(), Phase.LOOK));
  }

  /**
   * Gives a job up, with all that it began; features and pixels stay for other jobs.
   *
   * @return empty if there is no such job
   * @throws JobStateException if it has succeeded or is cancelled
   */
  public Optional<Job> cancel(JobId id) {
    return change(
        id,
        "cancel",
        JobState.CANCELLED,
        Set.of(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED, JobState.FAILED),
        end::discard);
  }

  /**
   * Holds a job back. What is under way on a node is finished.
   *
   * @return empty if there is no such job
   * @throws JobStateException if it is neither queued nor running
   */
  public Optional<Job> pause(JobId id) {
    return change(
        id,
        "pause",
        JobState.PAUSED,
        Set.of(JobState.QUEUED, JobState.RUNNING),
        job -> ports.queue().withdraw(job.id()));
  }

  /**
   * Lets a paused job go on.
   *
   * @return empty if there is no such job
   * @throws JobStateException if it is not paused
   */
  public Optional<Job> resume(JobId id) {
    return change(id, "resume", JobState.RUNNING, Set.of(JobState.PAUSED), this::goOn);
  }

  /**
   * Lets a failed job go on where it was.
   *
   * @return empty if there is no such job
   * @throws JobStateException if it has not failed, if an equal job came after it, or if it was of
   *     an earlier version of the service and left nothing to go on with
   */
  public Optional<Job> retry(JobId id) {
    return change(
        id,
        "retry",
        JobState.RUNNING,
        Set.of(JobState.FAILED),
        job -> {
          ports.chunks().forgive(id);
          goOn(job);
        });
  }

  private Optional<Job> change(
      JobId id, String action, JobState to, Set<JobState> from, Consumer<Job> work) {
    Optional<Job> changed =
        ports
            .unit()
            .call(
                () -> {
                  Optional<Job> job = ports.jobs().lock(id);
                  job.ifPresent(
                      found -> {
                        move(found, action, to, from);
                        work.accept(found);
                      });
                  return job.flatMap(found -> ports.jobs().find(id));
                });
    ports.queue().wake();
    return changed;
  }

  private void move(Job job, String action, JobState to, Set<JobState> from) {
    if (!from.contains(job.state())) {
      throw new JobStateException(job.id(), action, "it is " + job.state());
    }
    if (!ports.jobs().transition(job.id(), job.state(), to, clock.instant())) {
      throw new JobStateException(job.id(), action, "an equal job came after it");
    }
  }

  private void goOn(Job job) {
    Phase phase =
        job.phase()
            .orElseThrow(
                () -> new JobStateException(job.id(), "retry", "it left nothing to go on with"));
    ports.enqueueOpen(job, phase);
  }
}
