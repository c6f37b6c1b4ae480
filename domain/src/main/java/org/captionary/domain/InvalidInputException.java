package org.captionary.domain;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Something that a user gave cannot be used. Says which field, what it held and what may be there.
 */
public final class InvalidInputException extends RuntimeException {

  private final String field;
  private final transient Object value;
  private final transient List<String> allowed;

  /**
   * @param field as the user wrote it, such as {@code recipe.limit}
   * @param value as the user wrote it, or null if there was none
   * @param allowed what may stand there, in words
   */
  public InvalidInputException(String field, Object value, String allowed) {
    this(field, value, List.of(allowed));
  }

  /**
   * @param field as above
   * @param value as above
   * @param allowed each value that may stand there, or one text that describes them
   */
  public InvalidInputException(String field, Object value, Collection<String> allowed) {
    super(
        String.format(
            Locale.ROOT,
            "%s: %s is not allowed; allowed: %s",
            field,
            value,
            String.join(", ", allowed)));
    this.field = field;
    this.value = value;
    this.allowed = List.copyOf(allowed);
  }

  public String field() {
    return field;
  }

  public Object value() {
    return value;
  }

  /** Each value that may stand there, or one text that describes them. */
  public List<String> allowed() {
    return allowed;
  }

  /** The same complaint about a field inside {@code parent}. */
  public InvalidInputException inside(String parent) {
    return new InvalidInputException(parent + "." + field, value, allowed);
  }
}
