package org.captionary.inference.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the head of an answer says (RFC 9110). */
final class Answer {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_UNKNOWN = 416;

  /** Those that may pass: too slow, too often, and the server's own troubles. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static final int SERVER_ERRORS = 500;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final int status;
  private final HttpHeaders headers;

  Answer(ResponseInfo info) {
    this.status = info.statusCode();
    this.headers = info.headers();
  }

  /**
   * @throws RefusedException if the address does not have the file
   * @throws IOException if it may have it another time
   */
  void requireFile() throws IOException {
    if (PASSING.contains(status) || status >= SERVER_ERRORS) {
      throw new IOException("the answer is " + status);
    }
    if (status != OK && status != PARTIAL && status != RANGE_UNKNOWN) {
      throw new RefusedException("the answer is " + status);
    }
    if (headers.firstValue("Content-Type").filter(type -> type.startsWith("text/")).isPresent()) {
      throw new RefusedException("the answer is a web page or text, not the file");
    }
  }

  boolean isWhole() {
    return status == OK;
  }

  /** Whether it goes on at this byte of this version. */
  boolean goesOn(long at, Optional<String> version) {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    return status == PARTIAL
        && range.matches()
        && Long.parseLong(range.group(1)) == at
        && (version().isEmpty() || version().equals(version));
  }

  /** Whether nothing is missing behind this byte. */
  boolean isNothingAfter(long at) {
    return status == RANGE_UNKNOWN
        && headers.firstValue("Content-Range").filter(("bytes */" + at)::equals).isPresent();
  }

  /** A strong ETag, or else the time of the last change: what {@code If-Range} takes. */
  Optional<String> version() {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  OptionalLong length() {
    return headers.firstValueAsLong("Content-Length");
  }
}
