package org.captionary.domain.training;

import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Rows of a batch that come of one caption and stand together: for model {@code word} some of its
 * examples, for model {@code sequence} the caption itself.
 *
 * @param from the first example, counted from the caption's own first; 0 for a whole caption
 * @param to behind the last; 1 for a whole caption
 */
record Run(EncodedPhoto photo, EncodedCaption caption, int from, int to) {

  int rows() {
    return to - from;
  }

  /** One of the rows alone. */
  Run row(int row) {
    return new Run(photo, caption, from + row, from + row + 1);
  }
}
