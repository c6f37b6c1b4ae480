package org.captionary.domain.caption;

import java.util.List;

/**
 * Cleans captions as the tutorial's {@code clean_descriptions} does (J. Brownlee, "How to Develop a
 * Deep Learning Photo Caption Generator from Scratch"): split at white space, lower-case, delete
 * ASCII punctuation, drop short tokens, then, by choice, tokens that are not all letters.
 */
public final class CaptionCleaner {

  private final CleaningRules rules;

  public CaptionCleaner(CleaningRules rules) {
    this.rules = rules;
  }

  public CleanCaption clean(Caption caption) {
    return new CleanCaption(caption.photo(), caption.ordinal(), tokens(caption.text()));
  }

  /** The tokens that are left of a text, none perhaps. */
  public List<String> tokens(String text) {
    return PythonText.split(text).stream()
        .map(PythonText::lower)
        .map(PythonText::withoutPunctuation)
        .filter(this::isKept)
        .toList();
  }

  private boolean isKept(String token) {
    return PythonText.length(token) >= rules.minTokenLength()
        && (!rules.lettersOnly() || PythonText.isAlpha(token));
  }
}
