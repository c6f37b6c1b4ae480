package org.captionary.app.door;

import org.captionary.app.StartupException;

/** What a token must be, so that it cannot be guessed and survives a header. */
final class TokenRule {

  static final int SHORTEST = 16;

  private TokenRule() {}

  /** The token itself, if it may be one; the message names its source and never shows it. */
  static String require(String token, String source) {
    if (token.isBlank()) {
      throw refused(source, "is blank; leave it unset to have a token made");
    }
    if (!token.chars().allMatch(TokenRule::isVisibleAscii)) {
      throw refused(source, "holds white space or a character that a header cannot carry");
    }
    if (token.length() < SHORTEST) {
      throw refused(source, "is shorter than " + SHORTEST + " characters");
    }
    return token;
  }

  private static boolean isVisibleAscii(int character) {
    return character > ' ' && character < 0x7f;
  }

  private static StartupException refused(String source, String why) {
    return new StartupException("The token in %s %s.".formatted(source, why));
  }
}
