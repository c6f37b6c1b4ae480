package org.captionary.domain.preparation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a step is.
 *
 * @param done what is committed
 * @param total of the same unit; 0 until it is known
 * @param since when {@code doneSince} began to count: a minute before the last chunk was committed,
 *     or when the step started if that was later; of a step that ended, when it started
 * @param doneSince what was committed since then, without what needed no work
 * @param nodes what each node has done, by name
 */
public record StepProgress(
    StepName name,
    long done,
    long total,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Instant> since,
    long doneSince,
    List<OfNode> nodes) {

  /** The time over which the rate of a step under way is taken. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private static final double NANOS_PER_SECOND = 1e9;

  public StepProgress {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node's part in a step.
   *
   * @param done what it has committed
   * @param doneSince what it has committed since the step's {@link StepProgress#since}
   */
  public record OfNode(String node, long done, long doneSince) {}

  public static StepProgress waiting(StepName name) {
    return new StepProgress(
        name, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of());
  }

  /** Units a second; empty until something is done. */
  public OptionalDouble rate(Instant now) {
    return rate(doneSince, now);
  }

  /** Units a second of one node. */
  public OptionalDouble rate(OfNode node, Instant now) {
    return rate(node.doneSince(), now);
  }

  private OptionalDouble rate(long units, Instant now) {
    if (since.isEmpty() || units == 0) {
      return OptionalDouble.empty();
    }
    long nanos = Duration.between(since.get(), endedAt.orElse(now)).toNanos();
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(units * NANOS_PER_SECOND / nanos);
  }

  /** Whether other nodes than this one have committed something of late. */
  boolean getsOnWithout(String node, Instant now) {
    // The window begins that long before the last commit.
    return since.filter(start -> now.isBefore(start.plus(WINDOW.multipliedBy(2)))).isPresent()
        && nodes.stream().anyMatch(part -> !part.node().equals(node) && part.doneSince() > 0);
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
