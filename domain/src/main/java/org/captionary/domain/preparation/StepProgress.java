package org.captionary.domain.preparation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a step is.
 *
 * @param done what is committed
 * @param total of the same unit; 0 until the step has started
 * @param startedAt for the first time
 * @param resumedAt when the process that works on it now took it up
 * @param resumedDone what was committed then
 */
public record StepProgress(
    StepName name,
    long done,
    long total,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Instant> resumedAt,
    long resumedDone) {

  private static final double NANOS_PER_SECOND = 1e9;

  public static StepProgress waiting(StepName name) {
    return new StepProgress(name, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /** Units a second since the step was last taken up; empty until something is done. */
  public OptionalDouble rate(Instant now) {
    if (resumedAt.isEmpty() || done == resumedDone) {
      return OptionalDouble.empty();
    }
    long nanos = Duration.between(resumedAt.get(), endedAt.orElse(now)).toNanos();
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((done - resumedDone) * NANOS_PER_SECOND / nanos);
  }

  /** The time left at this rate, in seconds; 0 when ended. */
  public OptionalDouble etaSeconds(Instant now) {
    if (endedAt.isPresent()) {
      return OptionalDouble.of(0);
    }
    OptionalDouble rate = rate(now);
    return rate.isEmpty() ? rate : OptionalDouble.of((total - done) / rate.getAsDouble());
  }
}
