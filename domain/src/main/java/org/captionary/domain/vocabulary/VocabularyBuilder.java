package org.captionary.domain.vocabulary;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts words, then orders them as Keras's {@code Tokenizer.fit_on_texts} does: by count
 * descending, ties in the order of first appearance. Captions may be counted in parts and in any
 * order, as each says its place. Holds one entry a distinct word.
 */
public final class VocabularyBuilder {

  private static final Comparator<WordTally> ORDER =
      Comparator.comparingLong(WordTally::count)
          .reversed()
          .thenComparingLong(WordTally::firstCaption)
          .thenComparingInt(WordTally::firstToken);

  private final Map<String, Counter> counters = new HashMap<>();

  /** Tells captions apart that have one ordinal, as one that stands for several photos does. */
  private long added;

  /**
   * Counts one caption.
   *
   * @param ordinal of the caption in dataset order
   */
  public void add(long ordinal, List<String> tokens) {
    added++;
    for (int token = 0; token < tokens.size(); token++) {
      counters.computeIfAbsent(tokens.get(token), word -> new Counter()).add(added, ordinal, token);
    }
  }

  /** Adds what was counted elsewhere, of other captions. */
  public void add(WordTally tally) {
    counters.computeIfAbsent(tally.word(), word -> new Counter()).add(tally);
  }

  /** What was counted, in no order. */
  public List<WordTally> tallies() {
    return counters.entrySet().stream().map(e -> e.getValue().tally(e.getKey())).toList();
  }

  /**
   * @param captions how many were counted, those without a token included
   * @param minCount words that were counted less often are left out; 1 keeps all
   * @param always words that stay however rare they are, such as start and end words
   * @param outOfVocabulary whether unknown words get index 1
   */
  public Vocabulary build(
      long captions, int minCount, Set<String> always, boolean outOfVocabulary) {
    List<WordCount> words =
        tallies().stream()
            .filter(tally -> tally.count() >= minCount || always.contains(tally.word()))
            .sorted(ORDER)
            .map(tally -> new WordCount(tally.word(), tally.count(), tally.captions()))
            .toList();
    return new Vocabulary(words, outOfVocabulary, captions);
  }

  private static final class Counter {
    private long count;
    private long captions;
    private long lastAdded;
    private long firstCaption = Long.MAX_VALUE;
    private int firstToken;

    void add(long added, long caption, int token) {
      count++;
      if (lastAdded != added) {
        captions++;
        lastAdded = added;
      }
      first(caption, token);
    }

    void add(WordTally tally) {
      count += tally.count();
      captions += tally.captions();
      first(tally.firstCaption(), tally.firstToken());
    }

    private void first(long caption, int token) {
      if (caption < firstCaption || caption == firstCaption && token < firstToken) {
        firstCaption = caption;
        firstToken = token;
      }
    }

    WordTally tally(String word) {
      return new WordTally(word, count, captions, firstCaption, firstToken);
    }
  }
}
