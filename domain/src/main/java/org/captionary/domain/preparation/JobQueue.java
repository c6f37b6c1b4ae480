package org.captionary.domain.preparation;

import java.util.List;

/** Port: hands chunks to the nodes. */
public interface JobQueue {

  /**
   * Sees to it that chunks are run by {@link ChunkRunner#run}, here or on another node, those of
   * earlier jobs first; part of the unit of work under way. Chunks that are in the queue stay as
   * they are. Those of {@link Phase#EXTRACT} go to nodes that have the job's extractor.
   */
  void enqueue(Job job, List<ChunkId> chunks);

  /** Takes away what waits of a job; what is under way stays. */
  void withdraw(JobId job);

  /** Says, after a unit of work, that it has put something into the queue. */
  void wake();
}
