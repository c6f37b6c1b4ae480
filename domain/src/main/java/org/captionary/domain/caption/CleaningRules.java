package org.captionary.domain.caption;

/**
 * The choices in the tutorial's cleaning.
 *
 * @param minTokenLength in code points, 1 or more; shorter tokens are dropped (the tutorial: 2)
 * @param lettersOnly drops tokens that hold anything but letters (Python's {@code str.isalpha})
 */
public record CleaningRules(int minTokenLength, boolean lettersOnly) {

  public CleaningRules {
    if (minTokenLength < 1) {
      throw new IllegalArgumentException("minTokenLength is 1 or more: " + minTokenLength);
    }
  }
}
