package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr-D (Vedantam, Zitnick, Parikh: CIDEr: Consensus-based Image Description Evaluation, CVPR
 * 2015), in the reading of the COCO caption evaluation, which calls it CIDEr: for 1 to 4 words the
 * cosine of vectors of n-grams weighed by frequency and inverse document frequency, each clipped to
 * the reference's, times a Gaussian of the difference in length, sigma 6; the mean over the lengths
 * and the references, times 10. Lengths are counted in pairs of words, as there. The corpus is the
 * mean of its photos. Of a single photo every score is 0, as no n-gram is rare.
 */
final class CiderD {

  private static final double SIGMA = 6;
  private static final int ORDERS = Sentence.MAX_ORDER;

  private final InverseFrequencies frequencies;

  private CiderD(InverseFrequencies frequencies) {
    this.frequencies = frequencies;
  }

  /**
   * @param frequencies of references, the comparisons' own or more
   */
  static Scores of(List<Comparison> comparisons, InverseFrequencies frequencies) {
    CiderD metric = new CiderD(frequencies);
    List<Double> photos = new ArrayList<>(comparisons.size());
    comparisons.forEach(comparison -> photos.add(metric.score(comparison)));
    return Scores.mean(photos);
  }

  private double score(Comparison comparison) {
    Vector candidate = new Vector(comparison.candidate());
    double sum = 0;
    for (Sentence reference : comparison.references()) {
      sum += candidate.similarity(new Vector(reference));
    }
    return 10 * sum / ORDERS / comparison.references().size();
  }

  /** A sentence's weighed n-grams. */
  private final class Vector {

    private final Sentence sentence;
    private final double[] norms = new double[ORDERS];
    private final List<Map<Integer, Double>> weights = new ArrayList<>(ORDERS);
    private int pairs;

    Vector(Sentence sentence) {
      this.sentence = sentence;
      this.pairs = Math.max(0, sentence.length() - 1);
      for (int order = 1; order <= ORDERS; order++) {
        weights.add(weights(order));
      }
    }

    private Map<Integer, Double> weights(int order) {
      NGrams grams = sentence.grams(order);
      Map<Integer, Double> weighed = new HashMap<>(2 * grams.distinct());
      double squares = 0;
      for (int place = 0; place < grams.distinct(); place++) {
        double weight = grams.count(place) * frequencies.of(grams.number(place));
        weighed.put(grams.number(place), weight);
        squares += weight * weight;
      }
      norms[order - 1] = Math.sqrt(squares);
      return weighed;
    }

    /** The sum over the lengths of n-grams. */
    double similarity(Vector reference) {
      double sum = 0;
      for (int order = 0; order < ORDERS; order++) {
        double norm = norms[order] * reference.norms[order];
        double dot = clippedDot(weights.get(order), reference.weights.get(order));
        sum += norm == 0 ? dot : dot / norm;
      }
      double difference = pairs - reference.pairs;
      return sum * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
    }

    private static double clippedDot(Map<Integer, Double> candidate, Map<Integer, Double> other) {
      double dot = 0;
      for (Map.Entry<Integer, Double> entry : candidate.entrySet()) {
        double weight = other.getOrDefault(entry.getKey(), 0.0);
        dot += Math.min(entry.getValue(), weight) * weight;
      }
      return dot;
    }
  }
}
