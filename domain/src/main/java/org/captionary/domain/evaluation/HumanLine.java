package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.captionary.domain.photo.PhotoId;

/**
 * How people score: the first caption of each photo against the others of it, then the second, and
 * so on. Against one reference less than a candidate has, and with document frequencies of those
 * that are left, so it is a little lower than the same captions would score against all.
 *
 * @param mean of the rounds, each weighed by its photos; of a photo, of the rounds that it is in
 * @param rounds the k-th with the k-th caption of each photo that has so many
 */
public record HumanLine(Evaluation mean, List<Evaluation> rounds) {

  public HumanLine {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param reader that the sentences come from
   * @param captions of each photo two or more
   */
  public static HumanLine of(SentenceReader reader, SortedMap<PhotoId, List<Sentence>> captions) {
    int most = captions.values().stream().mapToInt(List::size).max().orElseThrow();
    List<Evaluation> rounds =
        IntStream.range(0, most)
            .mapToObj(round -> Evaluation.of(reader, comparisons(captions, round)))
            .toList();
    return new HumanLine(mean(rounds), rounds);
  }

  private static List<Comparison> comparisons(
      SortedMap<PhotoId, List<Sentence>> captions, int round) {
    List<Comparison> comparisons = new ArrayList<>();
    captions.forEach(
        (photo, sentences) -> {
          if (round < sentences.size()) {
            List<Sentence> others = new ArrayList<>(sentences);
            Sentence candidate = others.remove(round);
            comparisons.add(new Comparison(photo, candidate, others));
          }
        });
    return comparisons;
  }

  private static Evaluation mean(List<Evaluation> rounds) {
    Mean corpus = new Mean();
    SortedMap<PhotoId, Mean> photos = new TreeMap<>();
    for (Evaluation round : rounds) {
      corpus.add(round.corpus(), round.photos().size());
      round
          .photos()
          .forEach(
              (photo, scores) -> photos.computeIfAbsent(photo, p -> new Mean()).add(scores, 1));
    }
    SortedMap<PhotoId, Map<Metric, Double>> means = new TreeMap<>();
    photos.forEach((photo, mean) -> means.put(photo, mean.get()));
    return new Evaluation(corpus.get(), means);
  }

  /** The mean of scores with weights. */
  private static final class Mean {

    private final Map<Metric, Double> sums = new EnumMap<>(Metric.class);
    private double weights;

    void add(Map<Metric, Double> scores, double weight) {
      scores.forEach((metric, score) -> sums.merge(metric, weight * score, Double::sum));
      weights += weight;
    }

    Map<Metric, Double> get() {
      Map<Metric, Double> mean = new EnumMap<>(sums);
      mean.replaceAll((metric, sum) -> sum / weights);
      return mean;
    }
  }
}
