package org.captionary.domain.caption;

import java.util.List;

/**
 * Makes captions into tokens: cleans them, cuts them, and drops tokens that are short or, by
 * choice, not all letters. One thread at a time.
 */
public final class CaptionCleaner {

  private interface Cut {
    List<String> split(String text);
  }

  private final CleaningRules rules;
  private final TextCleaning cleaning;
  private final Cut cut;

  public CaptionCleaner(CleaningRules rules) {
    this.rules = rules;
    this.cleaning = TextCleaning.of(rules);
    this.cut =
        switch (rules.tokenizer()) {
          case WHITESPACE -> cleaning::split;
          case WORDS -> new WordBreaker(rules.locale())::split;
        };
  }

  public CleanCaption clean(Caption caption) {
    return new CleanCaption(caption.photo(), caption.ordinal(), tokens(caption.text()));
  }

  /** The tokens that are left of a text, none perhaps. */
  public List<String> tokens(String text) {
    return cut.split(cleaning.whole(text)).stream()
        .map(cleaning::token)
        .filter(this::isKept)
        .toList();
  }

  private boolean isKept(String token) {
    return isLongEnough(token) && (!rules.lettersOnly() || cleaning.isLetters(token));
  }

  private boolean isLongEnough(String token) {
    int least = rules.minTokenLength();
    return least == 1 ? !token.isEmpty() : cleaning.length(token) >= least;
  }
}
