package org.captionary.domain.preparation;

import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.JudgementFilter;

/** Whether a data set has the judgements that a recipe goes by. */
final class JudgementUse {

  private static final String MIN_EXPERT_SCORE = "recipe.minExpertScore";
  private static final String MIN_CROWD_YES = "recipe.minCrowdYes";

  private JudgementUse() {}

  /**
   * @throws InvalidInputException on field {@code recipe.captions}, {@code recipe.minExpertScore}
   *     or {@code recipe.minCrowdYes}
   */
  static void check(Dataset dataset, Recipe recipe) {
    if (recipe.captions() == CaptionChoice.BEST && dataset.annotations().isEmpty()) {
      throw new InvalidInputException(
          "recipe.captions",
          recipe.captions().id(),
          "best only for a data set that is registered with annotations");
    }
    recipe
        .filter()
        .minExpertScore()
        .ifPresent(score -> require(dataset, Annotators.EXPERT, MIN_EXPERT_SCORE, score));
    recipe
        .filter()
        .minCrowdYes()
        .ifPresent(fraction -> require(dataset, Annotators.CROWD, MIN_CROWD_YES, fraction));
  }

  /** What is said of a recipe whose filter no pair passes. */
  static InvalidInputException nothingPasses(Recipe recipe) {
    JudgementFilter filter = recipe.filter();
    boolean expert = filter.minExpertScore().isPresent();
    return new InvalidInputException(
        expert ? MIN_EXPERT_SCORE : MIN_CROWD_YES,
        (expert ? filter.minExpertScore() : filter.minCrowdYes()).getAsDouble(),
        "a bound that judgements of this data set reach");
  }

  private static void require(Dataset dataset, Annotators annotators, String field, double value) {
    if (!dataset.annotations().containsKey(annotators)) {
      throw new InvalidInputException(
          field,
          value,
          "null, as the data set is registered without annotations." + annotators.id());
    }
  }
}
