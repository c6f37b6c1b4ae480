package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.regex.Pattern;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.evaluation.Evaluation;

/**
 * Scores that are kept under a name.
 *
 * @param name 1 to 64 characters of {@code A-Z}, {@code a-z}, {@code 0-9}, {@code _}, {@code -} and
 *     {@code .}, the first a letter or digit; not {@code people}, whose address is taken
 * @param at when they were computed
 */
public record NamedScores(String name, ScoreRequest request, Instant at, Evaluation evaluation) {

  /** What has an address of its own. */
  public static final String PEOPLE = "people";

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
    if (!NAME.matcher(name).matches() || name.equals(PEOPLE)) {
      throw new InvalidInputException(
          "name",
          name,
          "1 to 64 characters of A-Z, a-z, 0-9, _, - and ., the first a letter or digit; not "
              + PEOPLE);
    }
  }
}
