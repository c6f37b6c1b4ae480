package org.captionary.domain.training;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was found in memory and what was not; threads do not wait for each other. */
final class HitCount {

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  void add(long found, long missing) {
    hits.add(found);
    misses.add(missing);
  }

  KeptFigures figures(long bytes) {
    return new KeptFigures(hits.sum(), misses.sum(), bytes);
  }
}
