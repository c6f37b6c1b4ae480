package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far metrics agree with people who judged captions. Each rating is one of a list, as the
 * papers have it that compare metrics by this: the scores of three experts for a caption are three
 * pairs of a metric's score and theirs (Hessel et al.: CLIPScore, EMNLP 2021, section 4.1).
 *
 * @param captions how many judged captions were scored
 * @param ratings how many ratings they have
 * @param metrics the correlation of each metric's scores with the ratings
 */
public record HumanAgreement(int captions, int ratings, Map<Metric, KendallTau> metrics) {

  /**
   * A caption that people judged for a photo.
   *
   * @param comparison of it with those that were written for the photo
   * @param ratings of it, one or more; a higher one is a better one
   */
  public record Judged(Comparison comparison, List<Double> ratings) {

    public Judged {
      ratings = List.copyOf(ratings);
    }
  }

  /**
   * Scores judged captions. Document frequencies are those of all their references together, a
   * photo's counted as often as it was judged, as the papers compute them.
   *
   * @param reader that the sentences come from
   * @param judged one or more
   */
  public static HumanAgreement of(SentenceReader reader, List<Judged> judged) {
    List<Comparison> comparisons = judged.stream().map(Judged::comparison).toList();
    double[] ratings =
        judged.stream().flatMap(j -> j.ratings().stream()).mapToDouble(r -> r).toArray();
    Map<Metric, KendallTau> metrics = new EnumMap<>(Metric.class);
    Evaluation.scores(reader, comparisons)
        .forEach(
            (metric, scores) ->
                metrics.put(metric, KendallTau.of(repeated(scores.photos(), judged), ratings)));
    return new HumanAgreement(judged.size(), ratings.length, metrics);
  }

  /** A score for each rating. */
  private static double[] repeated(List<Double> scores, List<Judged> judged) {
    List<Double> repeated = new ArrayList<>();
    for (int place = 0; place < judged.size(); place++) {
      for (int rating = 0; rating < judged.get(place).ratings().size(); rating++) {
        repeated.add(scores.get(place));
      }
    }
    return repeated.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
