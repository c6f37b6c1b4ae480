package org.captionary.domain.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * METEOR (Banerjee, Lavie 2005) with the parameters that METEOR 1.5 has for English (Denkowski,
 * Lavie: Meteor Universal, WMT 2014), but a variant: of its modules it has the exact one and the
 * stem one, by {@link PorterStemmer}, and neither synonyms nor paraphrases, which need WordNet and
 * a table of 60 MB; and function words count as others do. Its scores are lower and compare among
 * themselves alone; RATIONALE.md says how far they are from METEOR's.
 *
 * <p>Of a photo the best over the references; of the corpus by the sums of lengths, matches and
 * chunks with each photo's best reference.
 */
final class Meteor {

  private static final double ALPHA = 0.85;
  private static final double BETA = 0.2;
  private static final double GAMMA = 0.6;
  private static final double STEM_WEIGHT = 0.6;

  private final int[] stems;

  private Meteor(int[] stems) {
    this.stems = stems;
  }

  /**
   * @param words by their numbers
   */
  static Scores of(List<Comparison> comparisons, List<String> words) {
    Meteor metric = new Meteor(stems(words));
    Counts total = Counts.NONE;
    List<Double> photos = new ArrayList<>(comparisons.size());
    for (Comparison comparison : comparisons) {
      Counts best = metric.best(comparison);
      photos.add(best.score());
      total = total.plus(best);
    }
    return new Scores(total.score(), photos);
  }

  /** Of each word the number of its stem. */
  private static int[] stems(List<String> words) {
    Map<String, Integer> numbers = new HashMap<>();
    return words.stream()
        .mapToInt(word -> numbers.computeIfAbsent(PorterStemmer.stem(word), s -> numbers.size()))
        .toArray();
  }

  private Counts best(Comparison comparison) {
    Counts best = null;
    for (Sentence reference : comparison.references()) {
      Counts counts =
          new Counts(
              comparison.candidate().length(),
              reference.length(),
              WordAlignment.of(comparison.candidate(), reference, stems));
      best = best == null || counts.score() > best.score() ? counts : best;
    }
    return best;
  }

  /** What METEOR is made of. */
  private record Counts(long candidate, long reference, long exact, long stem, long chunks) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts(long candidate, long reference, WordAlignment alignment) {
      this(candidate, reference, alignment.exact(), alignment.stems(), alignment.chunks());
    }

    /** As in METEOR's own sum, a candidate that is the reference adds no chunk. */
    Counts plus(Counts other) {
      return new Counts(
          candidate + other.candidate,
          reference + other.reference,
          exact + other.exact,
          stem + other.stem,
          chunks + other.breaks());
    }

    double score() {
      double weighed = exact + STEM_WEIGHT * stem;
      if (weighed == 0) {
        return 0;
      }
      double precision = weighed / candidate;
      double recall = weighed / reference;
      double mean = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall);
      double fragmentation = (double) breaks() / (exact + stem);
      return mean * (1 - GAMMA * Math.pow(fragmentation, BETA));
    }

    /** The chunks, but 0 of a candidate that is the reference: nothing is lost by it. */
    private long breaks() {
      long matches = exact + stem;
      return matches == candidate && matches == reference && chunks == 1 ? 0 : chunks;
    }
  }
}
