package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Numbers words and n-grams in the order in which they come, each from 0, so that an n-gram is an
 * int and no list of words. An n-gram is numbered as the pair of the n-gram without its last word
 * and that word; about 20 bytes are held for each. One thread at a time.
 */
final class NGramNumbers {

  private static final int FIRST_CAPACITY = 1 << 10;

  private final Map<String, Integer> words = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /** Open addressing: a pair, and its number plus 1 so that 0 is a free place. */
  private long[] pairs = new long[FIRST_CAPACITY];

  private int[] numbers = new int[FIRST_CAPACITY];
  private int size;

  int word(String word) {
    Integer known = words.putIfAbsent(word, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(word);
    return texts.size() - 1;
  }

  /** The words by their numbers. */
  List<String> words() {
    return texts;
  }

  /** How many n-grams of all lengths there are. */
  int size() {
    return size;
  }

  /** The number of a single word as an n-gram. */
  int single(int word) {
    return number(pair(-1, word));
  }

  /** The number of an n-gram and a word behind it. */
  int longer(int ngram, int word) {
    return number(pair(ngram, word));
  }

  /** The number of an n-gram; -1 if it has not come. */
  int find(String... ngram) {
    int found = -1;
    for (String word : ngram) {
      Integer known = words.get(word);
      int place = known == null ? 0 : place(pair(found, known));
      if (known == null || numbers[place] == 0) {
        return -1;
      }
      found = numbers[place] - 1;
    }
    return found;
  }

  /** The words of each n-gram that is wanted, by its number, with a space between; else null. */
  String[] texts(IntPredicate wanted) {
    long[] byNumber = new long[size];
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] > 0) {
        byNumber[numbers[place] - 1] = pairs[place];
      }
    }
    return IntStream.range(0, size)
        .mapToObj(number -> wanted.test(number) ? text(number, byNumber) : null)
        .toArray(String[]::new);
  }

  private String text(int number, long[] byNumber) {
    int shorter = (int) (byNumber[number] >>> Integer.SIZE) - 1;
    String word = texts.get((int) byNumber[number]);
    return shorter < 0 ? word : text(shorter, byNumber) + " " + word;
  }

  /**
   * @param shorter the number of the n-gram without its last word; -1 for a single word
   */
  private static long pair(int shorter, int word) {
    return (shorter + 1L) << Integer.SIZE | word;
  }

  private int number(long pair) {
    int place = place(pair);
    if (numbers[place] > 0) {
      return numbers[place] - 1;
    }
    pairs[place] = pair;
    numbers[place] = ++size;
    if (size > numbers.length / 2) {
      grow();
    }
    return size - 1;
  }

  private int place(long pair) {
    int mask = numbers.length - 1;
    long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
    int place = (int) (mixed >>> 32) & mask;
    while (numbers[place] > 0 && pairs[place] != pair) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldPairs = pairs;
    int[] oldNumbers = numbers;
    pairs = new long[2 * oldPairs.length];
    numbers = new int[2 * oldNumbers.length];
    for (int old = 0; old < oldNumbers.length; old++) {
      if (oldNumbers[old] > 0) {
        int place = place(oldPairs[old]);
        pairs[place] = oldPairs[old];
        numbers[place] = oldNumbers[old];
      }
    }
  }
}
