package org.captionary.domain.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a preparation holds for one split, or for all photos.
 *
 * @param describedPhotos photos with captions
 * @param photos described photos with a usable file: the ones in batches of model {@code sequence}
 * @param captions those that the recipe chose, emptied ones included
 * @param examples of model {@code word}, in the text
 * @param servableExamples those whose photo has a usable file: the ones in batches
 * @param servablePhotos photos with at least one servable example
 * @param captionsByExamples how many captions with a usable photo have so many examples; no entry
 *     where there are none
 */
public record SplitFigures(
    long describedPhotos,
    long photos,
    long captions,
    long examples,
    long servableExamples,
    long servablePhotos,
    Map<Integer, Long> captionsByExamples) {

  public static final SplitFigures NONE = new SplitFigures(0, 0, 0, 0, 0, 0, Map.of());

  public SplitFigures {
    captionsByExamples = Collections.unmodifiableMap(new TreeMap<>(captionsByExamples));
  }

  /** Captions whose photo has a usable file, emptied ones included. */
  public long servableCaptions() {
    return captionsByExamples.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many of a unit are numbered. */
  public long count(Unit unit) {
    return switch (unit) {
      case PHOTO -> photos;
      case PHOTO_WITH_EXAMPLES -> servablePhotos;
      case CAPTION -> servableCaptions();
      case EXAMPLE -> servableExamples;
    };
  }
}
