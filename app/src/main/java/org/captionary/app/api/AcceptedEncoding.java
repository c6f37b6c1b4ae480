package org.captionary.app.api;

import jakarta.ws.rs.NotAcceptableException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Chooses the encoding of a batch by {@code Accept} (RFC 9110, section 12.5.1). What is no media
 * range is passed over, and a bare {@code *} is taken for any, as old Java clients send it.
 */
final class AcceptedEncoding {

  private AcceptedEncoding() {}

  /**
   * Of equally welcome encodings the first of {@link BatchEncoding}.
   *
   * @param accept the header's values; none means anything
   * @throws NotAcceptableException if no encoding is accepted
   */
  static BatchEncoding of(List<String> accept) {
    List<Range> ranges =
        accept.stream().flatMap(v -> Arrays.stream(v.split(","))).map(Range::parse).toList();
    if (ranges.isEmpty()) {
      return BatchEncoding.JSON;
    }
    BatchEncoding best = BatchEncoding.JSON;
    for (BatchEncoding encoding : BatchEncoding.values()) {
      best = quality(encoding, ranges) > quality(best, ranges) ? encoding : best;
    }
    if (quality(best, ranges) == 0) {
      throw new NotAcceptableException();
    }
    return best;
  }

  /** That of the most specific range that holds the encoding; 0 if none does. */
  private static double quality(BatchEncoding encoding, List<Range> ranges) {
    String type = encoding.type().toString();
    return ranges.stream()
        .filter(range -> range.holds(type))
        .max(Comparator.comparingInt(Range::specificity))
        .map(Range::quality)
        .orElse(0.0);
  }

  private record Range(String type, double quality) {

    private static final String ANY = "*/*";

    static Range parse(String text) {
      String[] parts = text.toLowerCase(Locale.ROOT).split(";");
      String type = parts[0].strip();
      double quality = 1;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip();
        quality = parameter.startsWith("q=") ? number(parameter.substring(2)) : quality;
      }
      return new Range(type.equals("*") ? ANY : type, quality);
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    boolean holds(String wanted) {
      return type.equals(ANY)
          || type.equals(wanted)
          || type.endsWith("/*") && wanted.startsWith(type.substring(0, type.length() - 1));
    }

    int specificity() {
      return type.equals(ANY) ? 0 : type.endsWith("/*") ? 1 : 2;
    }
  }
}
