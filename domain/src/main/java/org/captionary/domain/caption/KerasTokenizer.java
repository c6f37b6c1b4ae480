package org.captionary.domain.caption;

import java.util.Arrays;
import java.util.List;

/** What {@code keras.preprocessing.text.Tokenizer} does to a text unless told otherwise. */
public final class KerasTokenizer {

  /** Characters that Keras turns into the split character. */
  public static final String FILTERS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n";

  /** What Keras splits texts at. */
  public static final String SPLIT = " ";

  private KerasTokenizer() {}

  /** The text in lower case, with a space in the place of each filter character. */
  static String filtered(String text) {
    StringBuilder filtered = new StringBuilder(PythonText.lower(text));
    for (int i = 0; i < filtered.length(); i++) {
      if (FILTERS.indexOf(filtered.charAt(i)) >= 0) {
        filtered.setCharAt(i, SPLIT.charAt(0));
      }
    }
    return filtered.toString();
  }

  /** What stands between the spaces of a text; none is empty. Other white space is left in. */
  static List<String> split(String filtered) {
    return Arrays.stream(filtered.split(SPLIT)).filter(token -> !token.isEmpty()).toList();
  }

  /** {@code text_to_word_sequence(text)}. */
  public static List<String> words(String text) {
    return split(filtered(text));
  }
}
