package org.captionary.domain.caption;

import java.util.List;

/**
 * What the tutorial's {@code clean_descriptions} does (J. Brownlee, "How to Develop a Deep Learning
 * Photo Caption Generator from Scratch"): lower-case, delete ASCII punctuation.
 */
final class TutorialCleaning implements TextCleaning {

  @Override
  public String whole(String text) {
    return text;
  }

  @Override
  public List<String> split(String whole) {
    return PythonText.split(whole);
  }

  @Override
  public String token(String token) {
    return PythonText.withoutPunctuation(PythonText.lower(token));
  }

  @Override
  public int length(String token) {
    return PythonText.length(token);
  }

  @Override
  public boolean isLetters(String token) {
    return PythonText.isAlpha(token);
  }
}
