package org.captionary.domain.training;

import java.util.List;

/**
 * One batch: its arrays, in the order {@code photos}, {@code photo_index}, {@code sequences},
 * {@code targets}, those that the request leaves out being absent.
 *
 * @param held what the arrays are written from, to be given back when they have been
 */
public record Batch(List<BatchArray> arrays, List<RowMemory.Row> held) implements AutoCloseable {

  public Batch {
    arrays = List.copyOf(arrays);
    held = List.copyOf(held);
  }

  /** A batch that holds nothing. */
  public Batch(List<BatchArray> arrays) {
    this(arrays, List.of());
  }

  /**
   * Gives back the memory of the photos' rows: to be called once, and nothing written afterwards.
   */
  @Override
  public void close() {
    held.forEach(RowMemory.Row::giveBack);
  }
}
