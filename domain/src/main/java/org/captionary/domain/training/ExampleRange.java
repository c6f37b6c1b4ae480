package org.captionary.domain.training;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.Split;

/**
 * The examples of one batch before they are unrolled.
 *
 * @param captions that have an example in the range, in example order
 * @param from number within the split of the first example
 * @param to behind the last; may lie behind the captions
 */
record ExampleRange(List<NumberedCaption> captions, Split split, long from, long to) {

  long examples() {
    return captions.stream().mapToLong(caption -> end(caption) - begin(caption)).sum();
  }

  /** How many distinct photos. */
  long photos() {
    return captions.stream().map(NumberedCaption::photo).distinct().count();
  }

  ExampleRows unroll(int maxLength) {
    ExampleRows rows = new ExampleRows(Math.toIntExact(examples()), maxLength);
    captions.forEach(caption -> rows.add(caption, begin(caption), end(caption)));
    return rows;
  }

  private int begin(NumberedCaption caption) {
    return (int) Math.max(0, from - firstExample(caption));
  }

  private int end(NumberedCaption caption) {
    return (int) Math.min(caption.examples(), to - firstExample(caption));
  }

  private long firstExample(NumberedCaption caption) {
    Optional<NumberedCaption.Place> place = split.isAll() ? caption.inAll() : caption.inSplit();
    return place.orElseThrow().firstExample();
  }
}
