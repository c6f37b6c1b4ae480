package org.captionary.domain.preparation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Split;

/** Registers data sets and submits jobs over them. */
public final class JobService {

  private final Ports ports;
  private final JobQueue queue;
  private final InstantSource clock;

  public JobService(Ports ports, JobQueue queue, InstantSource clock) {
    this.ports = ports;
    this.queue = queue;
    this.clock = clock;
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
   *     recipe.features} if the weights lack a layer, or as {@link DatasetFiles#check}
   */
  public Job submit(String datasetName, Recipe recipe, boolean force) {
    Dataset dataset =
        ports.datasets().byName(datasetName).orElseThrow(() -> unregistered(datasetName));
    checkFitOn(dataset, recipe);
    return submit(dataset, recipe, force, fingerprint(dataset));
  }

  private Job submit(Dataset dataset, Recipe recipe, boolean force, ContentHash fingerprint) {
    Submission submission =
        new Submission(dataset.name(), recipe, force, fingerprint, ports.extractorFor(recipe));
    return ports.unit().call(() -> addOrFind(submission));
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
    Optional<Job> last = ports.jobs().latest(dataset.name());
    if (last.isPresent() && !last.get().state().isFinal()) {
      return Optional.empty();
    }
    ContentHash now = fingerprint(dataset);
    if (last.isPresent() && isUnchanged(dataset, now)) {
      return Optional.empty();
    }
    Recipe recipe = last.map(Job::recipe).orElse(Recipe.TUTORIAL);
    checkFitOn(dataset, recipe);
    return Optional.of(submit(dataset, recipe, false, now));
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
    added.ifPresent(job -> queue.enqueue(job.id()));
    return added;
  }

  private static void checkFitOn(Dataset dataset, Recipe recipe) {
    List<String> allowed = new ArrayList<>(dataset.splits().keySet());
    allowed.add(0, Split.ALL.name());
    if (!allowed.contains(recipe.fitOn().name())) {
      throw new InvalidInputException("recipe.fitOn", recipe.fitOn().name(), allowed);
    }
  }
}
