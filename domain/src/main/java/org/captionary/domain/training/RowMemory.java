package org.captionary.domain.training;

/**
 * Where photos' rows are kept. It need not be the heap, so a row's memory is freed by count: when
 * everyone who held the row has given it back. Safe to call from several threads.
 */
@FunctionalInterface
public interface RowMemory {

  /** A new row of these bytes, held once. */
  Row copyOf(byte[] bytes);

  /** Rows on the heap, freed by the garbage collector however they are counted. */
  static RowMemory onHeap() {
    return PhotoRow::of;
  }

  /** A row; it may be written by whoever holds it. */
  interface Row extends BatchArray.Content {

    /** What it takes in memory, in bytes. */
    int heldBytes();

    /** Holds the row once more; false if nobody holds it, so that it is gone. */
    boolean hold();

    /** To be called once for each time that the row was held. */
    void giveBack();
  }
}
