package org.captionary.domain.memory;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobQueue;

/** Keeps what was handed over until it is removed; like a database's, it outlives a process. */
public final class FakeJobQueue implements JobQueue {

  private final Table<ChunkId, Boolean> picked;

  FakeJobQueue(Store store) {
    this.picked = store.queue;
  }

  @Override
  public void enqueue(Job job, List<ChunkId> chunks) {
    chunks.forEach(chunk -> picked.insertIfAbsent(chunk, false));
  }

  @Override
  public void withdraw(JobId job) {
    picked.deleteIf(chunk -> chunk.job().equals(job) && !picked.find(chunk).orElseThrow());
  }

  @Override
  public void wake() {
    // Whoever drains the queue is awake.
  }

  /** What a node that has picked it and died left is there for others. */
  public Optional<ChunkId> first() {
    return picked.keys().findFirst();
  }

  public List<ChunkId> chunks() {
    return picked.keys().toList();
  }

  /** A node has it in hand from now on. */
  public ChunkId pick(ChunkId chunk) {
    picked.put(chunk, true);
    return chunk;
  }

  public void remove(ChunkId chunk) {
    picked.deleteIf(chunk::equals);
  }
}
