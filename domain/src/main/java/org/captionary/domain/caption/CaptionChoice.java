package org.captionary.domain.caption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of a photo's captions a recipe takes. */
public enum CaptionChoice {
  /** The first in dataset order. */
  FIRST,
  /** Every one. */
  ALL,
  /** The one with most tokens after cleaning; of equals the first. */
  LONGEST;

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CaptionChoice> byId(String id) {
    return Arrays.stream(values()).filter(choice -> choice.id().equals(id)).findFirst();
  }

  /**
   * @param captions of one photo in dataset order, not empty
   */
  public List<CleanCaption> of(List<CleanCaption> captions) {
    return switch (this) {
      case FIRST -> captions.subList(0, 1);
      case ALL -> captions;
      case LONGEST -> List.of(captions.stream().reduce(CaptionChoice::longer).orElseThrow());
    };
  }

  private static CleanCaption longer(CleanCaption earlier, CleanCaption later) {
    return later.tokens().size() > earlier.tokens().size() ? later : earlier;
  }
}
