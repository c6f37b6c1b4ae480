package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A tokenised caption with its n-grams of 1 to {@value #MAX_ORDER} words, counted once for all
 * metrics; about 1 KB for a caption of eleven words. Only sentences of one {@link SentenceReader}
 * may be compared.
 */
public final class Sentence {

  /** The longest n-grams that the metrics look at. */
  public static final int MAX_ORDER = 4;

  private final int[] words;
  private final List<NGrams> grams;

  private Sentence(int[] words, List<NGrams> grams) {
    this.words = words;
    this.grams = grams;
  }

  static Sentence of(int[] words, NGramNumbers numbers) {
    List<NGrams> grams = new ArrayList<>(MAX_ORDER);
    int[] last = new int[words.length];
    for (int place = 0; place < words.length; place++) {
      last[place] = numbers.single(words[place]);
    }
    grams.add(NGrams.of(last));
    for (int order = 2; order <= MAX_ORDER; order++) {
      last = longer(last, words, order, numbers);
      grams.add(NGrams.of(last));
    }
    return new Sentence(words, grams);
  }

  /** The n-grams of {@code order} words at every place, from those of one word less. */
  private static int[] longer(int[] shorter, int[] words, int order, NGramNumbers numbers) {
    int[] ngrams = new int[Math.max(0, words.length - order + 1)];
    for (int place = 0; place < ngrams.length; place++) {
      ngrams[place] = numbers.longer(shorter[place], words[place + order - 1]);
    }
    return ngrams;
  }

  /** How many words it has; 0 perhaps. */
  public int length() {
    return words.length;
  }

  /** The number of the word at a place, from 0; equal words have equal numbers. */
  int word(int place) {
    return words[place];
  }

  /**
   * The n-grams of a length.
   *
   * @param order 1 to {@value #MAX_ORDER}
   */
  NGrams grams(int order) {
    return grams.get(order - 1);
  }
}
