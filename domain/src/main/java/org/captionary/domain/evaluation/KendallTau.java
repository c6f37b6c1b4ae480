package org.captionary.domain.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far two ratings of the same things agree in their order: 1 if they always do, -1 if one is
 * the other's reverse. Both are NaN if all values of a rating are equal.
 *
 * @param b tau-b (Kendall: The Treatment of Ties in Ranking Problems, Biometrika 33, 1945)
 * @param c tau-c (Stuart: The Estimation and Comparison of Strengths of Association in Contingency
 *     Tables, Biometrika 40, 1953), in which few distinct values do not pull it down
 */
public record KendallTau(double b, double c) {

  /**
   * Computes both in n log n steps.
   *
   * @param first a value of each thing
   * @param second as many
   */
  public static KendallTau of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " and " + second.length + " values");
    }
    int[] a = ranks(first);
    int[] b = ranks(second);
    long surplus = concordantSurplus(a, b);
    double pairs = pairs(a.length);
    double untied = Math.sqrt((pairs - tied(a)) * (pairs - tied(b)));
    double least = Math.min(distinct(a), distinct(b));
    double scale = (double) a.length * a.length * (least - 1) / least;
    return untied == 0
        ? new KendallTau(Double.NaN, Double.NaN)
        : new KendallTau(surplus / untied, 2 * surplus / scale);
  }

  /** The place of each value among the distinct ones, from 0. */
  private static int[] ranks(double[] values) {
    double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
    return Arrays.stream(values).mapToInt(v -> Arrays.binarySearch(distinct, v)).toArray();
  }

  private static int distinct(int[] ranks) {
    return Arrays.stream(ranks).max().orElse(0) + 1;
  }

  private static double pairs(long of) {
    return of * (of - 1) / 2.0;
  }

  private static double tied(int[] ranks) {
    long[] counts = new long[distinct(ranks)];
    Arrays.stream(ranks).forEach(rank -> counts[rank]++);
    return Arrays.stream(counts).mapToDouble(KendallTau::pairs).sum();
  }

  /** How many more pairs have the same order in both than have opposite ones. */
  private static long concordantSurplus(int[] a, int[] b) {
    int[] order =
        IntStream.range(0, a.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> a[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    Counts before = new Counts(distinct(b));
    long surplus = 0;
    for (int from = 0, to; from < order.length; from = to) {
      to = from;
      while (to < order.length && a[order[to]] == a[order[from]]) {
        int rank = b[order[to++]];
        surplus += before.below(rank) - before.above(rank);
      }
      Arrays.stream(order, from, to).forEach(i -> before.add(b[i]));
    }
    return surplus;
  }

  /** How often each rank came; a Fenwick tree. */
  private static final class Counts {

    private final long[] tree;
    private long all;

    Counts(int ranks) {
      tree = new long[ranks + 1];
    }

    void add(int rank) {
      all++;
      for (int place = rank + 1; place < tree.length; place += place & -place) {
        tree[place]++;
      }
    }

    long below(int rank) {
      long sum = 0;
      for (int place = rank; place > 0; place -= place & -place) {
        sum += tree[place];
      }
      return sum;
    }

    long above(int rank) {
      return all - below(rank + 1);
    }
  }
}
