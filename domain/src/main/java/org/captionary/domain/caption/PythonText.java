package org.captionary.domain.caption;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The few string methods of Python that caption cleaning is defined by. Character classes come from
 * ICU and not from the JDK, so that a caption is cleaned alike on every Java version.
 */
public final class PythonText {

  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final BitSet PUNCTUATION_SET = setOf(PUNCTUATION);

  /** The white space of {@code str.split()}: {@code Py_UNICODE_ISSPACE}. */
  private static final BitSet SPACE =
      setOf(
          "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680"
              + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
              + "\u2028\u2029\u202f\u205f\u3000");

  private PythonText() {}

  /** {@code text.split()}: the runs between white space; none is empty. */
  public static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      boolean space = SPACE.get(text.charAt(i));
      if (space && start >= 0) {
        tokens.add(text.substring(start, i));
      }
      start = space ? -1 : start < 0 ? i : start;
    }
    if (start >= 0) {
      tokens.add(text.substring(start));
    }
    return tokens;
  }

  /** {@code token.lower()}, in no language's own way. */
  public static String lower(String token) {
    return UCharacter.toLowerCase(ULocale.ROOT, token);
  }

  /** Without the 32 characters of {@code string.punctuation}; nothing takes their place. */
  public static String withoutPunctuation(String token) {
    if (token.chars().noneMatch(PUNCTUATION_SET::get)) {
      return token;
    }
    StringBuilder kept = new StringBuilder(token.length());
    token.chars().filter(c -> !PUNCTUATION_SET.get(c)).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /** {@code token.isalpha()}: at least one character, and all of them letters. */
  public static boolean isAlpha(String token) {
    return !token.isEmpty() && token.codePoints().allMatch(UCharacter::isLetter);
  }

  /** {@code len(token)}. */
  public static int length(String token) {
    return token.codePointCount(0, token.length());
  }

  private static BitSet setOf(String characters) {
    BitSet set = new BitSet();
    characters.chars().forEach(set::set);
    return set;
  }
}
