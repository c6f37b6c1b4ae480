package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.regex.Pattern;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.evaluation.Evaluation;

/**
 * Scores that are kept under a name.
 *
 * @param name 1 to 64 characters of {@code A-Z}, {@code a-z}, {@code 0-9}, {@code _}, {@code -} and
 *     {@code .}, the first a letter or digit; not {@code people} or {@code judgements}, whose
 *     addresses are taken
 * @param at when they were computed
 */
public record NamedScores(String name, ScoreRequest request, Instant at, Evaluation evaluation) {

  /** What has an address of its own. */
  public static final String PEOPLE = "people";

  /** As has this. */
  public static final String JUDGEMENTS = "judgements";

  /** More are not kept for a preparation; a few may come on top where several are at it. */
  public static final int MAX_KEPT = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @throws InvalidInputException on field {@code name}
   */
  public NamedScores {
    checkName(name);
  }

  /**
   * @throws InvalidInputException on field {@code name}
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(PEOPLE) || name.equals(JUDGEMENTS)) {
      throw new InvalidInputException(
          "name",
          name,
          "1 to 64 characters of A-Z, a-z, 0-9, _, - and ., the first a letter or digit; not "
              + PEOPLE
              + " or "
              + JUDGEMENTS);
    }
  }
}
