package org.captionary.domain.training;

/**
 * What a preparation holds for one split, or for all photos.
 *
 * @param describedPhotos photos with captions
 * @param photos described photos with a usable file
 * @param captions those that the recipe chose, emptied ones included
 * @param examples of model {@code word}, in the text
 * @param servableExamples those whose photo has a usable file: the ones in batches
 * @param servablePhotos photos with at least one servable example
 */
public record SplitFigures(
    long describedPhotos,
    long photos,
    long captions,
    long examples,
    long servableExamples,
    long servablePhotos) {

  public static final SplitFigures NONE = new SplitFigures(0, 0, 0, 0, 0, 0);
}
