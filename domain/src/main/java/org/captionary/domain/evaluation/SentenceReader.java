package org.captionary.domain.evaluation;

import java.util.List;
import java.util.function.IntPredicate;

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

  /** The words of each n-gram that is wanted, by its number, with a space between; else null. */
  String[] texts(IntPredicate wanted) {
    return numbers.texts(wanted);
  }

  /** The number of an n-gram, given with a space between its words; -1 if it was not read. */
  int find(String ngram) {
    return numbers.find(ngram.split(" "));
  }

  /** How many distinct n-grams, of all lengths, were read. */
  int ngrams() {
    return numbers.size();
  }
}
