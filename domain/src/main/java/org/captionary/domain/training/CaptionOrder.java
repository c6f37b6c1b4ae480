package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.captionary.domain.training.ExampleRepository.LengthRank;

/**
 * The order of an epoch in which captions change their places and the examples of each stay
 * together, with random access by the number of an example.
 *
 * <p>Where a caption's examples begin depends on the lengths of all captions before it. So that no
 * sum over them is needed, captions of each length are spread evenly over the epoch: time runs in
 * as many ticks as there are captions, and of n captions of a length {@code floor((tick * n +
 * phase) / ticks)} come before a tick, the phase being drawn for each length. Which caption comes
 * is drawn from all of its length. Each stretch of an epoch so has the lengths that the whole has.
 */
final class CaptionOrder {

  private static final int MOST_CAPTIONS = Integer.MAX_VALUE;

  private final List<Length> lengths = new ArrayList<>();
  private final long ticks;
  private final long key;

  /**
   * @param captionsByExamples as in {@link SplitFigures}; those without examples take no part
   * @param key another gives another order
   */
  CaptionOrder(Map<Integer, Long> captionsByExamples, long key) {
    this.key = key;
    this.ticks =
        captionsByExamples.entrySet().stream()
            .filter(entry -> entry.getKey() > 0)
            .mapToLong(Map.Entry::getValue)
            .sum();
    // The products below stay within 64 bits.
    if (ticks > MOST_CAPTIONS) {
      throw new IllegalArgumentException(ticks + " captions; at most " + MOST_CAPTIONS);
    }
    captionsByExamples.forEach(
        (examples, captions) -> {
          if (examples > 0) {
            lengths.add(new Length(examples, captions));
          }
        });
  }

  /**
   * A run of a caption's examples.
   *
   * @param begin the first, counted from the caption's own first
   * @param end behind the last
   */
  record Piece(LengthRank caption, int begin, int end) {}

  /**
   * The pieces that hold the examples with the places {@code from..to-1} of the epoch, in order.
   *
   * @param to at most the count of examples
   */
  List<Piece> slice(long from, long to) {
    List<Piece> pieces = new ArrayList<>();
    long tick = tickOf(from);
    long place = examplesBefore(tick);
    while (place < to) {
      for (LengthRank caption : at(tick++)) {
        long begin = Math.max(0, from - place);
        long end = Math.min(caption.examples(), to - place);
        if (begin < end) {
          pieces.add(new Piece(caption, (int) begin, (int) end));
        }
        place += caption.examples();
      }
    }
    return pieces;
  }

  /** The last tick with no more than so many examples before it. */
  private long tickOf(long example) {
    long low = 0;
    long high = ticks;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (examplesBefore(middle) <= example) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long examplesBefore(long tick) {
    long sum = 0;
    for (Length length : lengths) {
      sum += length.examples * length.before(tick);
    }
    return sum;
  }

  /** The captions of one tick: none or one of each length, in an order drawn for the tick. */
  private List<LengthRank> at(long tick) {
    long drawn = Mix.mix(key + tick);
    return lengths.stream()
        .filter(length -> length.before(tick + 1) > length.before(tick))
        .sorted(Comparator.comparingLong(length -> Mix.mix(drawn + length.examples)))
        .map(length -> length.caption(tick))
        .toList();
  }

  private final class Length {

    private final int examples;
    private final long captions;
    private final long phase;
    private final Permutation ranks;

    Length(int examples, long captions) {
      this.examples = examples;
      this.captions = captions;
      long drawn = Mix.mix(key ^ Mix.mix(examples));
      this.phase = Math.floorMod(drawn, ticks);
      this.ranks = new Permutation(captions, drawn);
    }

    long before(long tick) {
      return (tick * captions + phase) / ticks;
    }

    LengthRank caption(long tick) {
      return new LengthRank(examples, ranks.at(before(tick)));
    }
  }
}
