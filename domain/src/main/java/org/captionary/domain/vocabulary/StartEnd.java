package org.captionary.domain.vocabulary;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.KerasTokenizer;
import org.captionary.domain.caption.PythonText;

/**
 * The words put before and after each caption, so that a model learns where captions begin and end.
 *
 * @param start lower-cased as Keras's {@code Tokenizer} would; no filter character, no white space
 * @param end the same, and another word
 */
public record StartEnd(String start, String end) {

  /** The tutorial's words. */
  public static final StartEnd TUTORIAL = new StartEnd("startseq", "endseq");

  /**
   * @throws InvalidInputException on field {@code startEnd}
   */
  public StartEnd {
    start = checked(start);
    end = checked(end);
    if (start.equals(end)) {
      throw refused(end, "an end word other than the start word");
    }
  }

  /** The tokens with the start word before and the end word after. */
  public List<String> around(List<String> tokens) {
    List<String> all = new ArrayList<>(tokens.size() + 2);
    all.add(start);
    all.addAll(tokens);
    all.add(end);
    return all;
  }

  /**
   * @throws InvalidInputException on field {@code startEnd} if a token is one of the two words
   */
  public void refuseAmong(List<String> tokens) {
    for (String token : tokens) {
      if (token.equals(start) || token.equals(end)) {
        throw refused(token, "words that stand in no caption");
      }
    }
  }

  private static String checked(String word) {
    boolean oneToken = PythonText.split(word).equals(List.of(word));
    if (!oneToken || word.codePoints().anyMatch(StartEnd::isRefused)) {
      throw refused(word, "words without white space and without any of " + FILTERS_SHOWN);
    }
    return PythonText.lower(word);
  }

  private static final String FILTERS_SHOWN = KerasTokenizer.FILTERS.strip();

  /** What Keras's tokenizer would take out, and what no text can hold. */
  private static boolean isRefused(int character) {
    return KerasTokenizer.FILTERS.indexOf(character) >= 0
        || Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE;
  }

  private static InvalidInputException refused(String word, String allowed) {
    return new InvalidInputException("startEnd", word, allowed);
  }
}
