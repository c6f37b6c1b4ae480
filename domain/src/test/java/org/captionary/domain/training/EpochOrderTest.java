package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.training.CaptionOrder.Piece;
import org.captionary.domain.training.EpochOrder.Shuffle;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochOrderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 16, 17, 255, 256, 257, 1_000, 4_097, 66_456})
  void everyPlaceHasANumberOfItsOwn(long size) {
    for (long key : new long[] {0, -1, 77}) {
      Permutation permutation = new Permutation(size, key);
      assertThat(LongStream.range(0, size).map(permutation::at).sorted().toArray())
          .isEqualTo(LongStream.range(0, size).toArray());
    }
  }

  @Test
  void reachesEveryPlaceOfLargeSizes() {
    for (long size : new long[] {1L << 31, (1L << 40) + 12_345, 1L << 62}) {
      Permutation permutation = new Permutation(size, 3);
      long[] values = LongStream.range(0, 1_000).map(permutation::at).toArray();
      assertThat(values).doesNotHaveDuplicates();
      assertThat(LongStream.of(values)).allMatch(value -> value >= 0 && value < size);
      assertThat(LongStream.of(values).filter(value -> value < size / 2).count())
          .isBetween(400L, 600L);
    }
  }

  @Test
  void refusesPlacesThatAreNotThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutation(3, 1).at(3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutation(3, 1).at(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutation(0, 1).at(0));
  }

  /**
   * 120 orders of 5 come up 100 times each; chi-square of 119 degrees is below 180 by 3.9 sigma.
   */
  @Test
  void drawsEveryOrderOfAFewAboutEquallyOften() {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (long seed = 0; seed < 12_000; seed++) {
      Permutation permutation = new Permutation(5, key(seed, 0));
      StringBuilder order = new StringBuilder();
      LongStream.range(0, 5).map(permutation::at).forEach(order::append);
      counts.merge(order.toString(), 1, Integer::sum);
    }

    assertThat(counts).hasSize(120);
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - 100.0) * (n - 100) / 100).sum();
    assertThat(chiSquare).isLessThan(180);
  }

  @Test
  void givesEverySeedAndEpochAnOrderOfItsOwn() {
    Set<List<Long>> orders = new HashSet<>();
    for (long seed = -10; seed < 20; seed++) {
      for (long epoch = 0; epoch < 30; epoch++) {
        Permutation permutation = new Permutation(100, key(seed, epoch));
        orders.add(LongStream.range(0, 100).map(permutation::at).boxed().toList());
      }
    }

    assertThat(orders).hasSize(900);
    assertThat(key(7, 1)).isNotEqualTo(key(8, 0));
    assertThat(key(Long.MAX_VALUE, 1)).isNotEqualTo(key(Long.MIN_VALUE, 0));
  }

  /** What was shuffled once must be so for ever: an address names the same bytes. */
  @Test
  void neverChanges() {
    Permutation permutation = new Permutation(1_000, key(7, 1));
    assertThat(LongStream.range(0, 5).map(permutation::at).toArray()).containsExactly(PERMUTED);
    assertThat(new CaptionOrder(new TreeMap<>(Map.of(1, 9L, 3, 5L)), key(7, 1)).slice(4, 9))
        .extracting(p -> p.caption().examples() + ":" + p.caption().rank())
        .containsExactly(PIECES);
  }

  private static final long[] PERMUTED = {97, 508, 191, 316, 649};
  private static final String[] PIECES = {"1:6", "3:1", "1:4"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void captionOrderHoldsEveryExampleOnceHoweverItIsCut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Integer, Long> captions = new TreeMap<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      captions.put(random.nextInt(15), random.nextLong(1, 60));
    }
    captions.put(4, 3L);
    long total = captions.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
    CaptionOrder order = new CaptionOrder(captions, seed);

    List<String> whole = shown(order.slice(0, total));

    assertThat(whole).hasSize(Math.toIntExact(total)).doesNotHaveDuplicates();
    for (long size : new long[] {1, 2, 3, 7, 64}) {
      for (long from = 0; from < total; from += size) {
        long to = Math.min(total, from + size);
        assertThat(shown(order.slice(from, to))).isEqualTo(whole.subList((int) from, (int) to));
      }
    }
  }

  /** Which of its length a caption is, and which of its examples. */
  private static List<String> shown(List<Piece> pieces) {
    return pieces.stream()
        .flatMap(
            piece -> {
              LengthRank caption = piece.caption();
              assertThat(piece.end()).isLessThanOrEqualTo(caption.examples());
              return LongStream.range(piece.begin(), piece.end())
                  .mapToObj(i -> caption.examples() + ":" + caption.rank() + ":" + i);
            })
        .toList();
  }

  @Test
  void captionsOfALengthAreSpreadOverTheEpoch() {
    TreeMap<Integer, Long> captions = new TreeMap<>(Map.of(2, 1_000L, 8, 3_000L));
    CaptionOrder order = new CaptionOrder(captions, 5);

    for (long from = 0; from < 26_000; from += 2_600) {
      long shorter =
          order.slice(from, from + 2_600).stream().filter(p -> p.caption().examples() == 2).count();
      assertThat(shorter).isBetween(97L, 103L);
    }
  }

  @Test
  void differentKeysGiveDifferentCaptionOrders() {
    TreeMap<Integer, Long> captions = new TreeMap<>(Map.of(2, 10L, 8, 30L));
    Set<List<Piece>> orders = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (long epoch = 0; epoch < 20; epoch++) {
        orders.add(new CaptionOrder(captions, key(seed, epoch)).slice(0, 260));
      }
    }

    assertThat(orders).hasSize(400);
  }

  @Test
  void refusesMoreCaptionsThanItCanCount() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CaptionOrder(Map.of(1, 1L << 31), 0));
  }

  @Test
  void refusesNegativeEpochs() {
    assertThatThrownBy(() -> new EpochOrder(Shuffle.NONE, 0, -1))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("epoch"));
  }

  private static long key(long seed, long epoch) {
    return new EpochOrder(Shuffle.EXAMPLES, seed, epoch).key();
  }
}
