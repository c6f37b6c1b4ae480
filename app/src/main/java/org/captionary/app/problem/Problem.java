package org.captionary.app.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A problem document (RFC 9457). What is null is left out of the document.
 *
 * @param type a URI that stays the same for one kind of problem, see {@link ProblemType}
 * @param title the kind in words; the same for all of one type
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param instance names this one occurrence; the log names it too (status 500 alone)
 * @param field the parameter, the header or the key that is wrong; a path such as {@code
 *     recipe.captions} in a body
 * @param value what was given, shortened if it is long
 * @param allowed what could be given: the values or names, or one entry that describes them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "field", "value", "allowed"})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String field,
    String value,
    List<String> allowed) {

  static final int LONGEST_VALUE = 200;

  public Problem {
    value = shortened(value);
    allowed = allowed == null ? null : List.copyOf(allowed);
  }

  static String shortened(String value) {
    if (value == null || value.length() <= LONGEST_VALUE) {
      return value;
    }
    int end = LONGEST_VALUE - 1;
    // Half a surrogate pair is no text.
    boolean splitsPair = Character.isHighSurrogate(value.charAt(end - 1));
    return value.substring(0, splitsPair ? end - 1 : end) + "…";
  }

  Problem withDetail(String words) {
    return new Problem(type, title, status, words, instance, field, value, allowed);
  }

  Problem withInstance(String uri) {
    return new Problem(type, title, status, detail, uri, field, value, allowed);
  }

  Problem withField(String name, String given, List<String> choices) {
    return new Problem(type, title, status, detail, instance, name, given, choices);
  }
}
