package org.captionary.domain.training;

import java.util.List;

/**
 * One batch: its arrays, in the order {@code photos}, {@code photo_index}, {@code sequences},
 * {@code targets}, those that the request leaves out being absent.
 */
public record Batch(List<BatchArray> arrays) {

  public Batch {
    arrays = List.copyOf(arrays);
  }
}
