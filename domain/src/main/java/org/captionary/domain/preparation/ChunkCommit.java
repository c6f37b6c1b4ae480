package org.captionary.domain.preparation;

import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Commits what an attempt at a chunk writes, as long as the chunk is still its own. */
final class ChunkCommit {

  private final ChunkRepository chunks;
  private final UnitOfWork unit;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final String node;
  private final Chunk chunk;
  private long units;

  ChunkCommit(
      Ports ports, InstantSource clock, BooleanSupplier stopping, String node, Chunk chunk) {
    this.chunks = ports.chunks();
    this.unit = ports.unit();
    this.clock = clock;
    this.stopping = stopping;
    this.node = node;
    this.chunk = chunk;
  }

  /**
   * Commits a part of a chunk that is not done with it.
   *
   * @throws JobInterruptedException before it, if the process is to stop
   * @throws ChunkLostException if the chunk is no longer this attempt's
   */
  void part(Runnable writes) {
    if (stopping.getAsBoolean()) {
      throw new JobInterruptedException();
    }
    unit.run(
        () -> {
          if (!chunks.hold(chunk)) {
            throw new ChunkLostException();
          }
          writes.run();
        });
  }

  /** Notes what comes next, so that it can be passed over if it ends the process. */
  void suspect(String what) {
    part(() -> chunks.suspect(chunk, what));
  }

  /**
   * Commits the chunk's writes and its completion together.
   *
   * @throws JobInterruptedException as {@link #part}
   * @throws ChunkLostException as {@link #part}
   */
  void done(long units, List<String> result, Runnable writes) {
    part(
        () -> {
          chunks.done(chunk, node, units, result, clock.instant());
          writes.run();
        });
    this.units = units;
  }

  void done(long units, Runnable writes) {
    done(units, List.of(), writes);
  }

  /** What the chunk added to its step; 0 until it is done. */
  long units() {
    return units;
  }
}
