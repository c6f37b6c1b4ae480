package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * BLEU-1 to BLEU-4 (Papineni, Roukos, Ward, Zhu: BLEU: a Method for Automatic Evaluation of Machine
 * Translation, ACL 2002), in the reading of the COCO caption evaluation: the geometric mean of the
 * clipped precisions of 1 to n words, times the brevity penalty against the reference length that
 * is closest to the candidate's, the shorter of two equally close. For the corpus, matches, n-grams
 * and lengths are summed before. Its two small numbers, which keep divisions and roots defined, are
 * theirs and show in the scores of candidates shorter than n words.
 */
final class Bleu {

  private static final double TINY = 1e-15;
  private static final double SMALL = 1e-9;
  private static final int ORDERS = Sentence.MAX_ORDER;

  private Bleu() {}

  /** BLEU-1 to BLEU-4, in this order. */
  static List<Scores> of(List<Comparison> comparisons) {
    Counts total = new Counts();
    List<double[]> photos = new ArrayList<>(comparisons.size());
    for (Comparison comparison : comparisons) {
      Counts counts = Counts.of(comparison);
      photos.add(counts.bleu());
      total.add(counts);
    }
    return byOrder(total.bleu(), photos);
  }

  private static List<Scores> byOrder(double[] corpus, List<double[]> photos) {
    List<Scores> scores = new ArrayList<>(ORDERS);
    for (int order = 0; order < ORDERS; order++) {
      int column = order;
      scores.add(new Scores(corpus[order], photos.stream().map(photo -> photo[column]).toList()));
    }
    return scores;
  }

  /** What BLEU is made of: lengths, and for each order the n-grams and those that match. */
  private static final class Counts {

    private long candidate;
    private long reference;
    private final long[] guessed = new long[ORDERS];
    private final long[] correct = new long[ORDERS];

    static Counts of(Comparison comparison) {
      Counts counts = new Counts();
      counts.candidate = comparison.candidate().length();
      counts.reference = closest(comparison);
      for (int order = 1; order <= ORDERS; order++) {
        counts.guessed[order - 1] = Math.max(0, counts.candidate - order + 1);
        counts.correct[order - 1] = clipped(comparison, order);
      }
      return counts;
    }

    private static int closest(Comparison comparison) {
      int length = comparison.candidate().length();
      int closest = comparison.references().get(0).length();
      for (Sentence reference : comparison.references()) {
        int nearer = Math.abs(closest - length) - Math.abs(reference.length() - length);
        if (nearer > 0 || nearer == 0 && reference.length() < closest) {
          closest = reference.length();
        }
      }
      return closest;
    }

    /** N-grams of the candidate, each as often as the reference that has it most has it. */
    private static long clipped(Comparison comparison, int order) {
      NGrams candidate = comparison.candidate().grams(order);
      long matches = 0;
      for (int place = 0; place < candidate.distinct(); place++) {
        int most = 0;
        for (Sentence reference : comparison.references()) {
          most = Math.max(most, reference.grams(order).countOf(candidate.number(place)));
        }
        matches += Math.min(most, candidate.count(place));
      }
      return matches;
    }

    void add(Counts other) {
      candidate += other.candidate;
      reference += other.reference;
      for (int order = 0; order < ORDERS; order++) {
        guessed[order] += other.guessed[order];
        correct[order] += other.correct[order];
      }
    }

    double[] bleu() {
      double ratio = (candidate + TINY) / (reference + SMALL);
      double penalty = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
      double[] scores = new double[ORDERS];
      double product = 1;
      for (int order = 0; order < ORDERS; order++) {
        product *= (correct[order] + TINY) / (guessed[order] + SMALL);
        scores[order] = Math.pow(product, 1.0 / (order + 1)) * penalty;
      }
      return scores;
    }
  }
}
