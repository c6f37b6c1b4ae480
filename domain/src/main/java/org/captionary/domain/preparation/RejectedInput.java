package org.captionary.domain.preparation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Something in a data set that could not be used: a row of its quarantine.
 *
 * @param source the file's name
 * @param line of the file, from 1; empty for a photo
 * @param text the row as it stands, shortened; empty for a photo
 * @param reason for people
 */
public record RejectedInput(
    Kind kind, String source, OptionalLong line, String text, String reason) {

  /** How many words of a reason are its beginning. */
  public static final int WORDS = 4;

  private static final int LONGEST_TEXT = 500;

  /** What was rejected. */
  public enum Kind {
    CAPTION,
    JUDGEMENT,
    SPLIT,
    PHOTO;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> byId(String id) {
      return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
  }

  public RejectedInput {
    source = storable(source);
    text = shortened(storable(text));
    reason = storable(reason);
  }

  /** By which reasons are counted: the first words, where no names stand. */
  public String beginning() {
    return Arrays.stream(reason.split("[\\s:,]+")).limit(WORDS).collect(Collectors.joining(" "));
  }

  public static RejectedInput photo(String fileName, String reason) {
    return new RejectedInput(Kind.PHOTO, fileName, OptionalLong.empty(), "", reason);
  }

  /** PostgreSQL's text cannot hold NUL, nor UTF-8 half a surrogate pair. */
  private static String storable(String text) {
    return text.codePoints()
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - end) + "…";
  }
}
