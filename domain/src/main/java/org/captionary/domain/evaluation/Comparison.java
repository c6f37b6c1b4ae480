package org.captionary.domain.evaluation;

import java.util.List;
import org.captionary.domain.photo.PhotoId;

/**
 * A photo's candidate caption and those that people wrote.
 *
 * @param references one or more
 */
public record Comparison(PhotoId photo, Sentence candidate, List<Sentence> references) {

  public Comparison {
    references = List.copyOf(references);
    if (references.isEmpty()) {
      throw new IllegalArgumentException("a candidate is compared with one reference or more");
    }
  }
}
