package org.captionary.domain.caption;

import java.util.List;

/** The steps of a way of cleaning, in their order. One thread at a time. */
interface TextCleaning {

  /** A whole text before it is cut. */
  String whole(String text);

  /** Cuts a whole text at white space; no token is empty. */
  List<String> split(String whole);

  /** A token after the cut; empty if nothing of it is left. */
  String token(String token);

  /** A cleaned token's length as the rules count it; 0 only for the empty one. */
  int length(String token);

  /** Whether a cleaned token is all letters. */
  boolean isLetters(String token);

  /** The steps of a kind of cleaning. */
  static TextCleaning of(CleaningRules rules) {
    return switch (rules.cleaning()) {
      case TUTORIAL -> new TutorialCleaning();
      case UNICODE -> new UnicodeCleaning(rules.locale());
      case NONE -> new KerasCleaning();
    };
  }
}
