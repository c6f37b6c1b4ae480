package org.captionary.domain.caption;

import com.ibm.icu.util.ULocale;

/**
 * How captions become tokens.
 *
 * @param locale whose rules case folding and word breaking follow; {@link ULocale#ROOT}: of none
 * @param minTokenLength 1 or more; shorter tokens are dropped. Counted in code points for {@link
 *     Cleaning#TUTORIAL}, else in grapheme clusters, which are what a reader takes for one letter
 * @param lettersOnly drops tokens that hold anything but letters: for {@link Cleaning#TUTORIAL} by
 *     Python's {@code str.isalpha}, else the marks that belong to letters are left to them
 */
public record CleaningRules(
    Cleaning cleaning,
    Tokenizer tokenizer,
    ULocale locale,
    int minTokenLength,
    boolean lettersOnly) {

  public CleaningRules {
    if (minTokenLength < 1) {
      throw new IllegalArgumentException("minTokenLength is 1 or more: " + minTokenLength);
    }
    if (!locale.equals(ULocale.ROOT) && !heedsLocale(cleaning, tokenizer)) {
      throw new IllegalArgumentException("nothing here heeds a locale: " + locale);
    }
  }

  /** The tutorial's rules but for these two. */
  public static CleaningRules tutorial(int minTokenLength, boolean lettersOnly) {
    return new CleaningRules(
        Cleaning.TUTORIAL, Tokenizer.WHITESPACE, ULocale.ROOT, minTokenLength, lettersOnly);
  }

  /** Whether a locale changes anything. */
  public static boolean heedsLocale(Cleaning cleaning, Tokenizer tokenizer) {
    return cleaning == Cleaning.UNICODE || tokenizer == Tokenizer.WORDS;
  }

  /**
   * 2, the tutorial's, for the tutorial's cleaning by white space, where it takes out the English
   * "a" and the "s" behind an apostrophe; else 1, as in Chinese, Thai or Nepali a single sign may
   * well be the word for a dog, a woman or a horse.
   */
  public static int minTokenLengthByDefault(Cleaning cleaning, Tokenizer tokenizer) {
    return cleaning == Cleaning.TUTORIAL && tokenizer == Tokenizer.WHITESPACE ? 2 : 1;
  }
}
