package org.captionary.domain.preparation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who judged captions; each has a file of its own. */
public enum Annotators {
  /** Three experts, each with a score from 1 to 4. */
  EXPERT,
  /** Some of a crowd, each with yes or no. */
  CROWD;

  /** The name in a data set's {@code annotations}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Annotators> byId(String id) {
    return Arrays.stream(values()).filter(annotators -> annotators.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Annotators::id).toList();
  }
}
