package org.captionary.app.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.captionary.app.problem.ProblemException;

/**
 * The last part of a batch's address: its number and perhaps the suffix of an encoding.
 *
 * @param number from 0
 */
record BatchName(long number, Optional<BatchEncoding> encoding) {

  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[A-Za-z0-9]+)?");

  /**
   * @throws ProblemException 400 on field {@code n}
   */
  static BatchName parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw refused(text);
    }
    Optional<BatchEncoding> encoding =
        Optional.ofNullable(match.group(2))
            .map(suffix -> BatchEncoding.bySuffix(suffix).orElseThrow(() -> refused(text)));
    return new BatchName(Long.parseLong(match.group(1)), encoding);
  }

  private static ProblemException refused(String text) {
    return ProblemException.badField(
        "n", text, "a whole number from 0, with or without one of " + BatchEncoding.suffixes());
  }
}
