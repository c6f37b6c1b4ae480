package org.captionary.domain.preparation;

import java.time.Duration;
import java.util.List;

/** Port: is told what jobs do on this node, once it is committed. */
public interface JobObserver {

  /**
   * @param units that the chunk added to its step
   */
  void chunkDone(Job job, Chunk chunk, long units, Duration took);

  /**
   * @param failures of the chunk so far
   */
  void chunkFailed(Job job, ChunkFailure failure, int failures);

  void rejected(List<RejectedInput> inputs);

  void stepEnded(Job job, StepProgress step);

  /** A job succeeded or failed. */
  void jobEnded(Job job);
}
