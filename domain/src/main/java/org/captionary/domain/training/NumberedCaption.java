package org.captionary.domain.training;

import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * An encoded caption with its place among the examples that can be served.
 *
 * <p>A caption of n words w0..wn-1 has n - 1 examples: for i in 1..n-1 the words before i and the
 * word i. They are arithmetic over the caption and are never stored.
 *
 * @param ordinal of the raw caption
 * @param split the photo's split, if any
 * @param content of the photo's file; empty if there is none, and then nothing is servable
 * @param inAll its place among all photos; empty if not servable
 * @param inSplit its place within its split; empty if not servable or in no split
 */
public record NumberedCaption(
    PhotoId photo,
    long ordinal,
    Optional<Split> split,
    Optional<ContentHash> content,
    EncodedCaption caption,
    Optional<Place> inAll,
    Optional<Place> inSplit) {

  /** How many examples of model {@code word} a caption of so many words has. */
  public static int examples(int words) {
    return Math.max(0, words - 1);
  }

  public int examples() {
    return examples(caption.length());
  }

  /**
   * Where a caption stands in an epoch without shuffling.
   *
   * @param firstExample the number of its first example, from 0
   * @param photo the number of its photo among those that have examples, from 0
   */
  public record Place(long firstExample, long photo) {}
}
