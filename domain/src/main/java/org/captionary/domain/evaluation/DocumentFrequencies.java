package org.captionary.domain.evaluation;

import java.util.Arrays;
import java.util.List;

/** Of how many photos the references hold an n-gram: what makes a rare one weigh more. */
final class DocumentFrequencies {

  private final int photos;
  private final int[] byNumber;

  private DocumentFrequencies(int photos, int[] byNumber) {
    this.photos = photos;
    this.byNumber = byNumber;
  }

  /**
   * @param ngrams how many distinct ones were read
   */
  static DocumentFrequencies of(List<Comparison> comparisons, int ngrams) {
    int[] frequencies = new int[ngrams];
    int[] lastPhoto = new int[ngrams];
    Arrays.fill(lastPhoto, -1);
    for (int photo = 0; photo < comparisons.size(); photo++) {
      for (Sentence reference : comparisons.get(photo).references()) {
        count(reference, photo, lastPhoto, frequencies);
      }
    }
    return new DocumentFrequencies(comparisons.size(), frequencies);
  }

  private static void count(Sentence reference, int photo, int[] lastPhoto, int[] frequencies) {
    for (int order = 1; order <= Sentence.MAX_ORDER; order++) {
      NGrams grams = reference.grams(order);
      for (int place = 0; place < grams.distinct(); place++) {
        int number = grams.number(place);
        if (lastPhoto[number] != photo) {
          lastPhoto[number] = photo;
          frequencies[number]++;
        }
      }
    }
  }

  /** The inverse document frequency; one that no reference has weighs as if one photo had it. */
  double inverse(int ngram) {
    return Math.log(photos) - Math.log(Math.max(1, byNumber[ngram]));
  }
}
