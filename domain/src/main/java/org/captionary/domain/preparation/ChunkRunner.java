package org.captionary.domain.preparation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.captionary.domain.InvalidInputException;

/**
 * Runs chunks of jobs on a node. Any node may run any chunk at any time, also one that another node
 * has in hand and is only thought to be dead: what is written and that the chunk is done commit
 * together, once.
 */
public final class ChunkRunner {

  /** A chunk that ended its process so often is not tried again. */
  private static final int VANISHED = 20;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Ports ports;
  private final JobFlow flow;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final String node;
  private final int attempts;

  /**
   * @param stopping asked before each commit; true makes {@link #run} throw {@link
   *     JobInterruptedException}
   * @param node this node's name
   * @param attempts how often a chunk may fail before its job fails, 1 or more
   */
  public ChunkRunner(
      Ports ports,
      Provenance.Environment environment,
      InstantSource clock,
      BooleanSupplier stopping,
      String node,
      int attempts) {
    this.ports = ports;
    this.flow = new JobFlow(ports, environment, clock);
    this.clock = clock;
    this.stopping = stopping;
    this.node = node;
    this.attempts = attempts;
  }

  /**
   * Runs a chunk, then begins what waited for it. What the user has to mend fails the job; what may
   * pass by itself is tried again, after pauses that grow.
   *
   * @return when to run the chunk again; empty if nothing is left to do
   * @throws JobInterruptedException if the process is to stop
   */
  public Optional<Duration> run(ChunkId id) {
    Optional<Job> job = ports.unit().call(() -> start(id.job()));
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Optional<Chunk> chunk = ports.unit().call(() -> ports.chunks().take(id, node));
    Optional<Duration> again = chunk.flatMap(taken -> run(job.get(), taken));
    if (again.isEmpty()) {
      flow.advance(id.job());
    }
    return again;
  }

  /** The job if there is anything to do for it. */
  private Optional<Job> start(JobId id) {
    Optional<Job> job = ports.jobs().find(id);
    if (job.filter(found -> found.state() == JobState.QUEUED).isPresent()) {
      ports.jobs().transition(id, JobState.QUEUED, JobState.RUNNING, clock.instant());
      job = ports.jobs().find(id);
    }
    return job.filter(found -> found.state() == JobState.RUNNING);
  }

  private Optional<Duration> run(Job job, Chunk chunk) {
    if (chunk.vanished() >= VANISHED) {
      flow.fail(job.id(), chunk.id() + " ended its process " + VANISHED + " times");
      return Optional.empty();
    }
    try {
      work(job, chunk);
      return Optional.empty();
    } catch (InvalidInputException e) {
      flow.fail(job.id(), e.getMessage());
      return Optional.empty();
    } catch (ChunkLostException e) {
      return Optional.empty();
    } catch (NotYetException e) {
      release(chunk);
      return Optional.of(e.pause());
    } catch (JobInterruptedException e) {
      release(chunk);
      throw e;
    } catch (RuntimeException e) {
      return failed(job, chunk, e);
    }
  }

  private void work(Job job, Chunk chunk) {
    Instant began = clock.instant();
    ChunkCommit commit = new ChunkCommit(ports, clock, stopping, node, chunk);
    flow.work(chunk.id().phase()).run(job, chunk, commit);
    Duration took = Duration.between(began, clock.instant());
    ports.observer().chunkDone(job, chunk, commit.units(), took);
    if (chunk.id().phase() == Phase.SEAL || chunk.id().phase() == Phase.PUBLISH) {
      ports.jobs().find(job.id()).filter(j -> j.state().isFinal()).ifPresent(flow::announceEnd);
    }
  }

  private void release(Chunk chunk) {
    ports.unit().run(() -> ports.chunks().release(chunk));
  }

  private Optional<Duration> failed(Job job, Chunk chunk, RuntimeException cause) {
    ChunkFailure failure =
        new ChunkFailure(chunk.id(), chunk.attempt(), node, clock.instant(), Causes.of(cause));
    int failures = ports.unit().call(() -> ports.chunks().failed(chunk, failure));
    ports.observer().chunkFailed(job, failure, failures);
    if (failures < attempts) {
      return Optional.of(pause(failures));
    }
    String step = chunk.id().phase().step().id();
    flow.fail(
        job.id(),
        String.format(
            Locale.ROOT, "%s: gave up after %d attempts: %s", step, failures, failure.cause()));
    return Optional.empty();
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /**
   * Finds what jobs under way wait for although nobody has it in hand, as after a fault between two
   * units of work. Asked now and then, once in the cluster.
   */
  public void reconcile() {
    List<Job> open =
        ports.jobs().all().stream()
            .filter(job -> job.state() == JobState.RUNNING || job.state() == JobState.QUEUED)
            .toList();
    open.forEach(flow::reconcile);
    ports.queue().wake();
  }
}
