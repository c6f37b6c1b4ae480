package org.captionary.domain.caption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done to the text of captions. */
public enum Cleaning {
  /** As the tutorial does it, which is made for English: {@link TutorialCleaning}. */
  TUTORIAL,
  /** For every language: {@link UnicodeCleaning}. */
  UNICODE,
  /** Nothing but what Keras's tokenizer does by itself: {@link KerasTokenizer}. */
  NONE;

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Cleaning> byId(String id) {
    return Arrays.stream(values()).filter(cleaning -> cleaning.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Cleaning::id).toList();
  }
}
