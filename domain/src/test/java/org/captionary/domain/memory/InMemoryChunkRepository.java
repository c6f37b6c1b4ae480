package org.captionary.domain.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.memory.Store.ChunkRow;
import org.captionary.domain.preparation.Chunk;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Phase;

record InMemoryChunkRepository(Store store) implements ChunkRepository {

  @Override
  public void plan(JobId job, Phase phase, List<List<String>> arguments) {
    store.chunks.deleteIf(id -> id.job().equals(job) && id.phase() == phase);
    IntStream.range(0, arguments.size())
        .forEach(
            n -> store.chunks.insert(new ChunkId(job, phase, n), ChunkRow.of(arguments.get(n))));
  }

  private Stream<Map.Entry<ChunkId, ChunkRow>> of(JobId job, Phase phase) {
    return store
        .chunks
        .entries()
        .filter(chunk -> chunk.getKey().job().equals(job) && chunk.getKey().phase() == phase)
        .sorted(Comparator.comparing(chunk -> chunk.getKey().number()));
  }

  @Override
  public List<ChunkId> open(JobId job, Phase phase) {
    return of(job, phase)
        .filter(chunk -> chunk.getValue().doneAt().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean hasOpen(JobId job, Phase phase) {
    return !open(job, phase).isEmpty();
  }

  @Override
  public boolean isOpen(ChunkId chunk) {
    return store.chunks.find(chunk).filter(row -> row.doneAt().isEmpty()).isPresent();
  }

  @Override
  public Optional<Chunk> take(ChunkId id, String node) {
    return store
        .chunks
        .find(id)
        .filter(row -> row.doneAt().isEmpty())
        .map(
            row -> {
              ChunkRow taken = row.taken(node);
              store.chunks.put(id, taken);
              return new Chunk(
                  id, row.arguments(), taken.attempt(), taken.vanished(), row.suspects());
            });
  }

  @Override
  public boolean hold(Chunk chunk) {
    JobState state = store.jobs.find(chunk.id().job()).orElseThrow().job().state();
    return (state == JobState.RUNNING || state == JobState.PAUSED)
        && store
            .chunks
            .find(chunk.id())
            .filter(row -> row.doneAt().isEmpty() && row.attempt() == chunk.attempt())
            .isPresent();
  }

  @Override
  public void suspect(Chunk chunk, String what) {
    change(chunk.id(), row -> row.suspecting(what));
  }

  @Override
  public void done(Chunk chunk, String node, long units, List<String> result, Instant now) {
    change(chunk.id(), row -> row.done(node, units, result, now));
  }

  @Override
  public void release(Chunk chunk) {
    if (isHeldBy(chunk)) {
      change(chunk.id(), row -> row.released(chunk.suspects()));
    }
  }

  @Override
  public int failed(ChunkFailure failure) {
    store.failures.insert(store.next(), failure);
    if (store.chunks.contains(failure.chunk())) {
      change(failure.chunk(), ChunkRow::failed);
    }
    return store.chunks.find(failure.chunk()).map(ChunkRow::failures).orElse(1);
  }

  private boolean isHeldBy(Chunk chunk) {
    return store
        .chunks
        .find(chunk.id())
        .filter(row -> row.attempt() == chunk.attempt())
        .isPresent();
  }

  @Override
  public void forgive(JobId job) {
    List<ChunkId> chunks = store.chunks.keys().filter(id -> id.job().equals(job)).toList();
    chunks.forEach(id -> change(id, ChunkRow::forgiven));
  }

  private void change(ChunkId id, UnaryOperator<ChunkRow> change) {
    store.chunks.put(id, change.apply(store.chunks.find(id).orElseThrow()));
  }

  @Override
  public List<ChunkFailure> failures(JobId job, int limit) {
    List<ChunkFailure> failures =
        new ArrayList<>(
            store.failures.rows().filter(failure -> failure.chunk().job().equals(job)).toList());
    Collections.reverse(failures);
    return failures.stream().limit(limit).toList();
  }

  @Override
  public List<List<String>> arguments(JobId job, Phase phase) {
    return of(job, phase).map(chunk -> chunk.getValue().arguments()).toList();
  }

  @Override
  public List<List<String>> results(JobId job, Phase phase) {
    return of(job, phase).map(chunk -> chunk.getValue().result()).toList();
  }

  @Override
  public void clear(JobId job) {
    store.chunks.deleteIf(id -> id.job().equals(job));
  }
}
