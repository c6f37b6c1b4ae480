package org.captionary.domain.caption;

import java.util.OptionalDouble;

/**
 * Which pairs of photo and caption a recipe takes. Without a bound these are each photo's own
 * captions. With one they are the pairs that were judged, whichever photo the caption was written
 * for, and whose judgement reaches it; a pair without such a judgement does not, and with two
 * bounds both must be reached.
 *
 * @param minExpertScore of the mean of the experts' scores, 1 to 4
 * @param minCrowdYes of the fraction of the crowd that said yes, 0 to 1
 */
public record JudgementFilter(OptionalDouble minExpertScore, OptionalDouble minCrowdYes) {

  public static final JudgementFilter NONE =
      new JudgementFilter(OptionalDouble.empty(), OptionalDouble.empty());

  /** So that 0.666666667 takes in two of three. */
  private static final double TOLERANCE = 1e-9;

  /** Whether there is a bound. */
  public boolean isSet() {
    return minExpertScore.isPresent() || minCrowdYes.isPresent();
  }

  /** The least mean that passes, with what rounding may take away. */
  public OptionalDouble leastExpertMean() {
    return lenient(minExpertScore);
  }

  /** The least fraction that passes, with what rounding may take away. */
  public OptionalDouble leastCrowdFraction() {
    return lenient(minCrowdYes);
  }

  /** Whether a pair so judged is taken. */
  public boolean passes(Judgement judgement) {
    return reaches(judgement.expertMean(), leastExpertMean())
        && reaches(judgement.crowdFraction(), leastCrowdFraction());
  }

  private static OptionalDouble lenient(OptionalDouble bound) {
    return bound.isPresent() ? OptionalDouble.of(bound.getAsDouble() - TOLERANCE) : bound;
  }

  private static boolean reaches(OptionalDouble value, OptionalDouble least) {
    return least.isEmpty() || value.isPresent() && value.getAsDouble() >= least.getAsDouble();
  }
}
