package org.captionary.domain.caption;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What people said of how well a caption describes a photo. Either part may be missing.
 *
 * @param expertScores {@value #EXPERTS} scores from {@value #LEAST_SCORE}, unrelated, to {@value
 *     #MOST_SCORE}, describes it without an error, in the order of the file; empty if experts were
 *     not asked
 * @param crowdYes how many of the crowd said that it describes the photo
 * @param crowdNo how many said that it does not; nobody was asked if both are 0
 */
public record Judgement(List<Integer> expertScores, int crowdYes, int crowdNo) {

  public static final int EXPERTS = 3;
  public static final int LEAST_SCORE = 1;
  public static final int MOST_SCORE = 4;

  public static final Judgement NONE = new Judgement(List.of(), 0, 0);

  /**
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public Judgement {
    expertScores = List.copyOf(expertScores);
    if (!expertScores.isEmpty() && expertScores.size() != EXPERTS) {
      throw new IllegalArgumentException(EXPERTS + " experts judge: " + expertScores);
    }
    if (expertScores.stream().anyMatch(s -> s < LEAST_SCORE || s > MOST_SCORE)) {
      throw new IllegalArgumentException("a score is 1 to 4: " + expertScores);
    }
    if (crowdYes < 0 || crowdNo < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
  }

  public static Judgement ofExperts(List<Integer> scores) {
    return new Judgement(scores, 0, 0);
  }

  public static Judgement ofCrowd(int yes, int no) {
    return new Judgement(List.of(), yes, no);
  }

  /** The mean of the experts' scores, 1 to 4. */
  public OptionalDouble expertMean() {
    return expertScores.stream().mapToInt(Integer::intValue).average();
  }

  /** The fraction of the crowd that said yes, 0 to 1. */
  public OptionalDouble crowdFraction() {
    long votes = (long) crowdYes + crowdNo;
    return votes == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) crowdYes / votes);
  }

  /** Whether one of the parts is in both. */
  public boolean overlaps(Judgement other) {
    return expertMean().isPresent() && other.expertMean().isPresent()
        || crowdFraction().isPresent() && other.crowdFraction().isPresent();
  }

  /** Both together; of a part that is in both, this one's. */
  public Judgement and(Judgement other) {
    Judgement crowd = crowdFraction().isPresent() ? this : other;
    return new Judgement(
        expertScores.isEmpty() ? other.expertScores : expertScores, crowd.crowdYes, crowd.crowdNo);
  }
}
