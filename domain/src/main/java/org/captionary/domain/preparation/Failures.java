package org.captionary.domain.preparation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.captionary.domain.InvalidInputException;

/**
 * What comes of failures. What the user has to mend fails the job; what may pass by itself is tried
 * again, after pauses that grow, until it has failed too often. Each cause is kept.
 */
final class Failures {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Ports ports;
  private final JobEnd end;
  private final InstantSource clock;
  private final String node;
  private final int attempts;

  /**
   * @param attempts how often a chunk may fail before its job fails
   */
  Failures(Ports ports, InstantSource clock, String node, int attempts) {
    this.ports = ports;
    this.end = new JobEnd(ports, clock);
    this.clock = clock;
    this.node = node;
    this.attempts = attempts;
  }

  /**
   * An attempt at a chunk failed. That is nobody's affair if the chunk is no longer the attempt's
   * own, or is done, its commit not having been confirmed.
   *
   * @return when to run it again; empty if that is not to be
   */
  Optional<Duration> ofChunk(Job job, Chunk chunk, RuntimeException cause) {
    boolean lasting = cause instanceof InvalidInputException;
    String text = lasting ? cause.getMessage() : Causes.of(cause);
    return note(job, failure(chunk.id(), chunk.attempt(), text), lasting, () -> giveBack(chunk));
  }

  private boolean giveBack(Chunk chunk) {
    boolean held = ports.chunks().hold(chunk);
    if (held) {
      ports.chunks().release(chunk);
    }
    return held;
  }

  /** What comes behind a chunk that is done could not begin. Returns as {@link #ofChunk}. */
  Optional<Duration> ofWhatFollows(Job job, ChunkId chunk, RuntimeException cause) {
    String text = "what follows could not begin: " + Causes.of(cause);
    return note(job, failure(chunk, 0, text), false, () -> isRunning(job.id()));
  }

  private boolean isRunning(JobId job) {
    return ports.jobs().lock(job).filter(found -> found.state() == JobState.RUNNING).isPresent();
  }

  private ChunkFailure failure(ChunkId chunk, int attempt, String cause) {
    return new ChunkFailure(chunk, attempt, node, clock.instant(), cause);
  }

  /**
   * @param lasting whether it would fail again
   * @param counts asked within the unit of work
   */
  private Optional<Duration> note(
      Job job, ChunkFailure failure, boolean lasting, BooleanSupplier counts) {
    int failures = ports.unit().call(() -> counts.getAsBoolean() ? count(failure, lasting) : 0);
    if (failures == 0) {
      return Optional.empty();
    }
    ports.observer().chunkFailed(job, failure, failures);
    if (!lasting && failures < attempts) {
      return Optional.of(pause(failures));
    }
    ports.jobs().find(job.id()).ifPresent(ports.observer()::jobEnded);
    return Optional.empty();
  }

  /** In one unit of work with the end of the job, so that no other ends it in between. */
  private int count(ChunkFailure failure, boolean lasting) {
    int failures = ports.chunks().failed(failure);
    if (lasting) {
      end.failed(failure.chunk().job(), failure.cause());
    } else if (failures >= attempts) {
      end.failed(failure.chunk().job(), gaveUp(failure, failures));
    }
    return failures;
  }

  private static String gaveUp(ChunkFailure failure, int failures) {
    return String.format(
        Locale.ROOT,
        "%s: gave up after %d attempts: %s",
        failure.chunk().phase().step().id(),
        failures,
        failure.cause());
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
