package org.captionary.domain.evaluation;

import java.util.List;

/**
 * ROUGE-L (Lin: ROUGE: A Package for Automatic Evaluation of Summaries, 2004), in the reading of
 * the COCO caption evaluation: by the longest common subsequence, the best precision and the best
 * recall over the references, be they of one reference or of two, in an F measure with beta 1.2. A
 * sentence without a word counts as one empty word, so that two of them are alike. The corpus is
 * the mean of its photos. Time grows with the product of two sentences' lengths.
 */
final class RougeL {

  private static final double BETA_SQUARED = 1.2 * 1.2;

  private RougeL() {}

  static Scores of(List<Comparison> comparisons) {
    return Scores.mean(comparisons.stream().map(RougeL::score).toList());
  }

  private static double score(Comparison comparison) {
    double precision = 0;
    double recall = 0;
    for (Sentence reference : comparison.references()) {
      double common = common(comparison.candidate(), reference);
      precision = Math.max(precision, common / words(comparison.candidate()));
      recall = Math.max(recall, common / words(reference));
    }
    return precision == 0 || recall == 0
        ? 0
        : (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
  }

  private static int words(Sentence sentence) {
    return Math.max(1, sentence.length());
  }

  private static int common(Sentence one, Sentence other) {
    return one.length() == 0 && other.length() == 0 ? 1 : longestCommon(one, other);
  }

  /** The length of the longest common subsequence; one row of the table is held. */
  private static int longestCommon(Sentence one, Sentence other) {
    int[] row = new int[other.length() + 1];
    for (int i = 0; i < one.length(); i++) {
      int diagonal = 0;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        row[j] = one.word(i) == other.word(j - 1) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
