package org.captionary.domain.evaluation;

import java.util.List;

/** Makes sentences that can be compared with one another. One thread at a time. */
public final class SentenceReader {

  private final NGramNumbers numbers = new NGramNumbers();

  /**
   * @param tokens none perhaps; each not empty and without white space
   */
  public Sentence read(List<String> tokens) {
    return Sentence.of(tokens.stream().mapToInt(numbers::word).toArray(), numbers);
  }

  /** The words of all sentences so far, by their numbers. */
  List<String> words() {
    return numbers.words();
  }

  /** How many distinct n-grams, of all lengths, were read. */
  int ngrams() {
    return numbers.size();
  }
}
