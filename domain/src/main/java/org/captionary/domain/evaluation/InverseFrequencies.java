package org.captionary.domain.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * How much each n-gram of a {@link SentenceReader} weighs: the logarithm of the photos over those
 * whose references hold it. One that no reference has weighs as if one photo had it.
 */
final class InverseFrequencies {

  private final int photos;
  private final int[] byNumber;

  /**
   * @param byNumber of how many photos the references hold an n-gram; later ones are in none
   */
  InverseFrequencies(int photos, int[] byNumber) {
    this.photos = photos;
    this.byNumber = byNumber;
  }

  static InverseFrequencies of(SentenceReader reader, List<Comparison> comparisons) {
    List<List<Sentence>> references = comparisons.stream().map(Comparison::references).toList();
    return new InverseFrequencies(references.size(), counts(reader, references));
  }

  /** Of how many photos the references hold an n-gram, by its number. */
  static int[] counts(SentenceReader reader, List<List<Sentence>> references) {
    int[] counts = new int[reader.ngrams()];
    int[] lastPhoto = new int[counts.length];
    Arrays.fill(lastPhoto, -1);
    for (int photo = 0; photo < references.size(); photo++) {
      for (Sentence reference : references.get(photo)) {
        count(reference, photo, lastPhoto, counts);
      }
    }
    return counts;
  }

  private static void count(Sentence reference, int photo, int[] lastPhoto, int[] counts) {
    for (int order = 1; order <= Sentence.MAX_ORDER; order++) {
      NGrams grams = reference.grams(order);
      for (int place = 0; place < grams.distinct(); place++) {
        int number = grams.number(place);
        if (lastPhoto[number] != photo) {
          lastPhoto[number] = photo;
          counts[number]++;
        }
      }
    }
  }

  double of(int ngram) {
    int count = ngram < byNumber.length ? byNumber[ngram] : 0;
    return Math.log(photos) - Math.log(Math.max(1, count));
  }
}
