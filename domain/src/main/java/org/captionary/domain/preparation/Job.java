package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.Optional;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.SnapshotId;

/**
 * One run of a recipe over a data set.
 *
 * @param force whether it was asked to run anew although an equal preparation may exist
 * @param extractor that its features come from; empty if the recipe asks for none
 * @param phase that it is in, or was in when it ended
 * @param snapshot what it works on; empty until its import has begun
 * @param preparation that it made or found; empty until succeeded, and once that was deleted
 * @param error why it failed
 */
public record Job(
    JobId id,
    String dataset,
    Recipe recipe,
    boolean force,
    JobState state,
    Optional<ExtractorIdentity> extractor,
    Optional<Phase> phase,
    Optional<SnapshotId> snapshot,
    Optional<PreparationId> preparation,
    Optional<String> error,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {}
