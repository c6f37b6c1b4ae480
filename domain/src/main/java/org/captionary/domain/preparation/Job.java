package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.SnapshotId;

/**
 * One run of a recipe over a data set.
 *
 * @param force whether it was asked to run anew although an equal preparation may exist
 * @param snapshot what it works on; empty until its import has begun
 * @param preparation that it made or found; empty until succeeded, and once that was deleted
 * @param error why it failed
 * @param steps one of each {@link StepName}, in order
 */
public record Job(
    JobId id,
    String dataset,
    Recipe recipe,
    boolean force,
    JobState state,
    Optional<SnapshotId> snapshot,
    Optional<PreparationId> preparation,
    Optional<String> error,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    List<StepProgress> steps) {

  public Job {
    steps = List.copyOf(steps);
  }

  public StepProgress step(StepName name) {
    return steps.get(name.ordinal());
  }
}
