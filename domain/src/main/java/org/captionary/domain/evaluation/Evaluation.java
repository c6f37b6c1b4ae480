package org.captionary.domain.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.photo.PhotoId;

/**
 * All metrics of some photos' candidates.
 *
 * @param corpus over all photos together
 * @param photos of each photo, in the order of ids
 */
public record Evaluation(
    Map<Metric, Double> corpus, SortedMap<PhotoId, Map<Metric, Double>> photos) {

  /**
   * Computes all metrics. Document frequencies are those of the comparisons' references, counted
   * once.
   *
   * @param reader that the sentences come from
   * @param comparisons one or more, each photo once
   */
  public static Evaluation of(SentenceReader reader, List<Comparison> comparisons) {
    return of(comparisons, scores(reader, comparisons));
  }

  /**
   * As above, with document frequencies of other references too.
   *
   * @param frequencies counted in sentences that were cut as these were
   */
  public static Evaluation of(
      SentenceReader reader, List<Comparison> comparisons, DocumentFrequencies frequencies) {
    return of(comparisons, scores(reader, comparisons, frequencies.inverse(reader)));
  }

  /** All metrics, which need not be of distinct photos. */
  static Map<Metric, Scores> scores(SentenceReader reader, List<Comparison> comparisons) {
    return scores(reader, comparisons, InverseFrequencies.of(reader, comparisons));
  }

  private static Map<Metric, Scores> scores(
      SentenceReader reader, List<Comparison> comparisons, InverseFrequencies frequencies) {
    if (comparisons.isEmpty()) {
      throw new IllegalArgumentException("an evaluation is of one photo or more");
    }
    Map<Metric, Scores> scores = new EnumMap<>(Metric.class);
    List<Scores> bleu = Bleu.of(comparisons);
    scores.put(Metric.BLEU_1, bleu.get(0));
    scores.put(Metric.BLEU_2, bleu.get(1));
    scores.put(Metric.BLEU_3, bleu.get(2));
    scores.put(Metric.BLEU_4, bleu.get(3));
    scores.put(Metric.ROUGE_L, RougeL.of(comparisons));
    scores.put(Metric.CIDER_D, CiderD.of(comparisons, frequencies));
    scores.put(Metric.METEOR, Meteor.of(comparisons, reader.words()));
    return scores;
  }

  private static Evaluation of(List<Comparison> comparisons, Map<Metric, Scores> scores) {
    Map<Metric, Double> corpus = new EnumMap<>(Metric.class);
    scores.forEach((metric, of) -> corpus.put(metric, of.corpus()));
    SortedMap<PhotoId, Map<Metric, Double>> photos = new TreeMap<>();
    for (int place = 0; place < comparisons.size(); place++) {
      photos.put(comparisons.get(place).photo(), ofPhoto(place, scores));
    }
    return new Evaluation(corpus, photos);
  }

  private static Map<Metric, Double> ofPhoto(int place, Map<Metric, Scores> scores) {
    Map<Metric, Double> photo = new EnumMap<>(Metric.class);
    scores.forEach((metric, of) -> photo.put(metric, of.photos().get(place)));
    return photo;
  }
}
