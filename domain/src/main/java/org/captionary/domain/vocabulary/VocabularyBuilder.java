package org.captionary.domain.vocabulary;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts words caption by caption, then orders them as Keras's {@code Tokenizer.fit_on_texts} does:
 * by count descending, ties in the order of first appearance. Holds one entry a distinct word.
 */
public final class VocabularyBuilder {

  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private long captions;

  /** Counts one caption; captions come in dataset order. */
  public void add(List<String> tokens) {
    captions++;
    for (String token : tokens) {
      tallies.computeIfAbsent(token, word -> new Tally()).add(captions);
    }
  }

  /**
   * @param minCount words that were counted less often are left out; 1 keeps all
   * @param always words that stay however rare they are, such as start and end words
   * @param outOfVocabulary whether unknown words get index 1
   */
  public Vocabulary build(int minCount, Set<String> always, boolean outOfVocabulary) {
    List<WordCount> words =
        tallies.entrySet().stream()
            .filter(e -> e.getValue().count >= minCount || always.contains(e.getKey()))
            .map(e -> new WordCount(e.getKey(), e.getValue().count, e.getValue().captions))
            .sorted(Comparator.comparingLong(WordCount::count).reversed())
            .toList();
    return new Vocabulary(words, outOfVocabulary, captions);
  }

  private static final class Tally {
    private long count;
    private long captions;
    private long lastCaption;

    void add(long caption) {
      count++;
      if (lastCaption != caption) {
        captions++;
        lastCaption = caption;
      }
    }
  }
}
