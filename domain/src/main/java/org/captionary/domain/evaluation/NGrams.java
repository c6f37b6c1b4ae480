package org.captionary.domain.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The distinct n-grams of one length in a sentence, and how often each stands there. */
final class NGrams {

  private final int[] numbers;
  private final int[] counts;

  private NGrams(int[] numbers, int[] counts) {
    this.numbers = numbers;
    this.counts = counts;
  }

  /**
   * @param all each occurrence's number, in any order
   */
  static NGrams of(int[] all) {
    int[] distinct = IntStream.of(all).sorted().distinct().toArray();
    int[] counts = new int[distinct.length];
    for (int number : all) {
      counts[Arrays.binarySearch(distinct, number)]++;
    }
    return new NGrams(distinct, counts);
  }

  /** How many distinct ones there are. */
  int distinct() {
    return numbers.length;
  }

  int number(int place) {
    return numbers[place];
  }

  int count(int place) {
    return counts[place];
  }

  /** How often an n-gram stands in the sentence; 0 if it does not. */
  int countOf(int number) {
    int place = Arrays.binarySearch(numbers, number);
    return place < 0 ? 0 : counts[place];
  }
}
