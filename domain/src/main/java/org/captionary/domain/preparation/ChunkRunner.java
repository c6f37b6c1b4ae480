package org.captionary.domain.preparation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.captionary.domain.photo.UnavailableExtractorException;

/**
 * Runs chunks of jobs on a node. Any node may run any chunk at any time, also one that another node
 * has in hand and is only thought to be dead: what is written and that the chunk is done commit
 * together, once.
 */
public final class ChunkRunner {

  /** A chunk that ended its process so often is not tried again. */
  private static final int VANISHED = 20;

  private final Ports ports;
  private final JobFlow flow;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final String node;
  private final Failures failures;

  /** Attempts that ended here and could not be given back, as while the database was away. */
  private final Set<Chunk> ended = ConcurrentHashMap.newKeySet();

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
    this.failures = new Failures(ports, clock, node, attempts);
  }

  /**
   * Runs a chunk, then begins what waited for it. What the user has to mend fails the job; what may
   * pass by itself is tried again, after pauses that grow.
   *
   * @return when to run the chunk again; empty if nothing is left to do
   * @throws JobInterruptedException if the process is to stop
   * @throws NotHereException if other nodes get on with what this one cannot do
   */
  public Optional<Duration> run(ChunkId id) {
    giveBackEnded();
    Optional<Job> job = ports.unit().call(() -> start(id.job()));
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Optional<Chunk> chunk = ports.unit().call(() -> ports.chunks().take(id, node));
    Optional<Duration> again = chunk.flatMap(taken -> run(job.get(), taken));
    return again.isEmpty() ? advance(job.get(), id) : again;
  }

  /**
   * Puts a chunk back if it is to be run after all. Called when it has left the queue, {@link #run}
   * having found nothing to do: a job that was let go on in between found it there still.
   */
  public void left(ChunkId id) {
    ports
        .jobs()
        .find(id.job())
        .filter(job -> job.state() == JobState.RUNNING)
        .ifPresent(job -> flow.left(job, id));
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
    try {
      return attempt(job, chunk);
    } catch (JobInterruptedException | NotHereException e) {
      throw e;
    } catch (RuntimeException e) {
      ended.add(chunk);
      throw e;
    }
  }

  private Optional<Duration> attempt(Job job, Chunk chunk) {
    if (chunk.vanished() >= VANISHED) {
      flow.fail(job.id(), chunk.id() + " ended its process " + VANISHED + " times");
      return Optional.empty();
    }
    try {
      work(job, chunk);
      return Optional.empty();
    } catch (ChunkLostException e) {
      return Optional.empty();
    } catch (NotYetException e) {
      release(chunk);
      return Optional.of(e.pause());
    } catch (JobInterruptedException e) {
      release(chunk);
      throw e;
    } catch (UnavailableExtractorException e) {
      leaveToOthers(job, chunk, e);
      return failures.ofChunk(job, chunk, e);
    } catch (RuntimeException e) {
      return failures.ofChunk(job, chunk, e);
    }
  }

  /** A job does not fail for what one node lacks. */
  private void leaveToOthers(Job job, Chunk chunk, UnavailableExtractorException cause) {
    StepName name = chunk.id().phase().step();
    List<StepProgress> steps = ports.unit().call(() -> ports.jobs().steps(job.id()));
    if (steps.get(name.ordinal()).getsOnWithout(node, clock.instant())) {
      release(chunk);
      throw new NotHereException(cause);
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

  /** Else they would count as attempts that ended their process, and their photos be suspected. */
  private void giveBackEnded() {
    for (Chunk chunk : ended) {
      release(chunk);
      ended.remove(chunk);
    }
  }

  private Optional<Duration> advance(Job job, ChunkId id) {
    try {
      flow.advance(job.id());
      return Optional.empty();
    } catch (RuntimeException e) {
      return failures.ofWhatFollows(job, id, e);
    }
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
