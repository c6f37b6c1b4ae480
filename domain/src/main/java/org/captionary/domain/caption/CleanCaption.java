package org.captionary.domain.caption;

import java.util.List;
import org.captionary.domain.photo.PhotoId;

/**
 * A caption after cleaning; a type of its own, so that a raw one cannot stand where a clean one is
 * needed.
 *
 * @param ordinal of the raw caption
 * @param tokens may be empty; each non-empty and free of spaces, tabs and line feeds
 */
public record CleanCaption(PhotoId photo, long ordinal, List<String> tokens) {

  public CleanCaption {
    tokens = List.copyOf(tokens);
  }

  /** The tokens with a space between. */
  public String text() {
    return String.join(" ", tokens);
  }
}
