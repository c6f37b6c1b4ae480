package org.captionary.domain.training;

import java.util.Arrays;

/** A list of int without objects. */
final class Ints {

  private int[] values = new int[4];
  private int size;

  /**
   * @throws ArithmeticException if it is no int
   */
  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + size / 2);
    }
    values[size++] = Math.toIntExact(value);
  }

  int at(int place) {
    return values[place];
  }

  /** The last place of a value that is not above; the list rises. -1 if there is none. */
  int lastUpTo(long value) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  long bytes() {
    return (long) Integer.BYTES * values.length;
  }
}
