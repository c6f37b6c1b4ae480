package org.captionary.domain.memory;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobQueue;

/** Keeps what was handed over until it is removed; like a database's, it outlives a process. */
public final class FakeJobQueue implements JobQueue {

  private final Table<ChunkId, ChunkId> waiting;

  FakeJobQueue(Store store) {
    this.waiting = store.queue;
  }

  @Override
  public void enqueue(Job job, List<ChunkId> chunks) {
    chunks.forEach(chunk -> waiting.insertIfAbsent(chunk, chunk));
  }

  @Override
  public void withdraw(JobId job) {
    waiting.deleteIf(chunk -> chunk.job().equals(job));
  }

  @Override
  public void wake() {
    // Whoever drains the queue is awake.
  }

  public Optional<ChunkId> first() {
    return waiting.keys().findFirst();
  }

  public List<ChunkId> chunks() {
    return waiting.keys().toList();
  }

  public void remove(ChunkId chunk) {
    waiting.deleteIf(chunk::equals);
  }
}
