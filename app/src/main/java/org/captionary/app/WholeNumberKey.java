package org.captionary.app;

import org.captionary.domain.InvalidInputException;

/**
 * A configuration key whose value is a whole number.
 *
 * @param name as in {@code application.properties}
 */
public record WholeNumberKey(String name, int least, int most) {

  /**
   * @throws InvalidInputException if the value is no whole number, or beyond the bounds
   */
  public int read(String value) {
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidInputException(
        name, value, "a whole number from %d to %d".formatted(least, most));
  }
}
