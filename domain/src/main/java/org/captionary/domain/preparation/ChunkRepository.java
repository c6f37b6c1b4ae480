package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: the chunks of jobs that have not ended. */
public interface ChunkRepository {

  /**
   * Adds the chunks of a phase, in the place of those it may have.
   *
   * @param arguments of each, in the order of numbers
   */
  void plan(JobId job, Phase phase, List<List<String>> arguments);

  /** The chunks of a phase that are not done, by number. */
  List<ChunkId> open(JobId job, Phase phase);

  /** Whether a phase has a chunk that is not done. */
  boolean hasOpen(JobId job, Phase phase);

  /** Whether there is such a chunk, and it is not done. */
  boolean isOpen(ChunkId chunk);

  /**
   * Takes a chunk up.
   *
   * @return empty if it is done, or gone
   */
  Optional<Chunk> take(ChunkId chunk, String node);

  /**
   * Holds a chunk, and its job as it is, until the unit of work ends: asked before anything is
   * written for it.
   *
   * @return false if it is done, if somebody else has taken it up since, or if its job neither runs
   *     nor is paused; then nothing may be written
   */
  boolean hold(Chunk chunk);

  /** Notes what an attempt is about to do, for the next one, should this one vanish. */
  void suspect(Chunk chunk, String what);

  /**
   * Notes that a chunk is done.
   *
   * @param units that it adds to its step, in the step's unit
   * @param result for later phases, in the phase's own words
   */
  void done(Chunk chunk, String node, long units, List<String> result, Instant now);

  /** Gives a chunk back that is to be taken up again; what the attempt noted is forgotten. */
  void release(Chunk chunk);

  /**
   * Counts a failure against its chunk, and keeps the cause.
   *
   * @return how many there were, since the last {@link #forgive}
   */
  int failed(ChunkFailure failure);

  /** Forgets how many attempts of a job's chunks failed or vanished; the causes stay. */
  void forgive(JobId job);

  /** Why attempts at a job's chunks failed, the last first, at most so many. */
  List<ChunkFailure> failures(JobId job, int limit);

  /** The arguments of each chunk of a phase, by number. */
  List<List<String>> arguments(JobId job, Phase phase);

  /** The result of each chunk of a phase, by number; all are done. */
  List<List<String>> results(JobId job, Phase phase);

  /** Takes away a job's chunks; causes stay. */
  void clear(JobId job);
}
