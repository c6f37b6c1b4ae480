package org.captionary.domain.evaluation;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Of how many photos the references hold an n-gram of 1 to {@value Sentence#MAX_ORDER} words: what
 * makes a rare one weigh more. They may be kept, as they hang on no candidate.
 *
 * @param photos all that have references
 * @param common the n-grams, a space between their words, that two photos or more have; any other
 *     one weighs as if one photo had it
 */
public record DocumentFrequencies(int photos, SortedMap<String, Integer> common) {

  private static final int COMMON = 2;

  /**
   * Counts.
   *
   * @param reader that the sentences come from
   * @param references of each photo
   */
  public static DocumentFrequencies of(SentenceReader reader, List<List<Sentence>> references) {
    int[] counts = InverseFrequencies.counts(reader, references);
    SortedMap<String, Integer> common = new TreeMap<>();
    String[] texts = reader.texts(number -> counts[number] >= COMMON);
    for (int number = 0; number < texts.length; number++) {
      if (texts[number] != null) {
        common.put(texts[number], counts[number]);
      }
    }
    return new DocumentFrequencies(references.size(), common);
  }

  /** The weights of the n-grams that were read so far. */
  InverseFrequencies inverse(SentenceReader reader) {
    int[] counts = new int[reader.ngrams()];
    for (Map.Entry<String, Integer> entry : common.entrySet()) {
      int number = reader.find(entry.getKey());
      if (number >= 0) {
        counts[number] = entry.getValue();
      }
    }
    return new InverseFrequencies(photos, counts);
  }
}
