package org.captionary.domain.caption;

import java.util.Arrays;
import java.util.Comparator;
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
  LONGEST,
  /**
   * The best judged: by the mean of the experts' scores, then by the crowd's fraction of yes, those
   * without either behind those with it; of equals the first.
   */
  BEST;

  private static final double UNJUDGED = -1;

  private static final Comparator<Caption> WORST_FIRST =
      Comparator.<Caption>comparingDouble(c -> c.judgement().expertMean().orElse(UNJUDGED))
          .thenComparingDouble(c -> c.judgement().crowdFraction().orElse(UNJUDGED));

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CaptionChoice> byId(String id) {
    return Arrays.stream(values()).filter(choice -> choice.id().equals(id)).findFirst();
  }

  /**
   * What of a photo's captions has to be cleaned before it can choose with {@link #of}.
   *
   * @param captions in dataset order, not empty
   */
  public List<Caption> among(List<Caption> captions) {
    return this == BEST
        ? List.of(captions.stream().reduce(CaptionChoice::better).orElseThrow())
        : captions;
  }

  /**
   * @param captions clean, of what {@link #among} left of one photo, in dataset order, not empty
   */
  public List<CleanCaption> of(List<CleanCaption> captions) {
    return switch (this) {
      case FIRST, BEST -> captions.subList(0, 1);
      case ALL -> captions;
      case LONGEST -> List.of(captions.stream().reduce(CaptionChoice::longer).orElseThrow());
    };
  }

  private static Caption better(Caption earlier, Caption later) {
    return WORST_FIRST.compare(later, earlier) > 0 ? later : earlier;
  }

  private static CleanCaption longer(CleanCaption earlier, CleanCaption later) {
    return later.tokens().size() > earlier.tokens().size() ? later : earlier;
  }
}
