package org.captionary.domain.caption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where captions are cut into tokens. */
public enum Tokenizer {
  /** At white space. */
  WHITESPACE,
  /** At the borders of words, also where no space shows them: {@link WordBreaker}. */
  WORDS;

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tokenizer> byId(String id) {
    return Arrays.stream(values()).filter(tokenizer -> tokenizer.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Tokenizer::id).toList();
  }
}
