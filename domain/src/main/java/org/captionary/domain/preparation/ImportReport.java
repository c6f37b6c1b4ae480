package org.captionary.domain.preparation;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.captionary.domain.photo.PhotoId;

/**
 * The account of an import: what was read, and what became of it.
 *
 * @param captionRows rows that the reader of the captions handed out, as captions or as rejected; a
 *     row is what the format has for one caption. Empty if the captions are not all read yet, or
 *     were read before this was counted
 * @param captions kept, {@code captionRows} less the rejected of kind {@code caption}
 * @param emptyCaptions those of them that are blank as they stand
 * @param repeatedCaptions those of them that stand, letter by letter, with the same photo before
 * @param describedPhotos photos that have captions
 * @param photos files that could be decoded
 * @param repeatedPhotos those whose bytes are another photo's too, but for the first by id
 * @param photosWithoutCaptions usable, and not described
 * @param describedWithoutPhoto described, and without a usable file
 * @param splits how many photos each has
 * @param rejected by kind and reason, the most frequent first
 * @param sharedPhotos by other data set, as it was imported last: how many photos have the bytes of
 *     one of its photos
 * @param emptyAfterCleaning by preparation of what a complete import found, whichever job made it:
 *     captions of which its recipe left nothing
 * @param encodings by text file, as {@link DatasetFiles.TextSink#encoding} tells
 */
public record ImportReport(
    OptionalLong captionRows,
    long captions,
    long emptyCaptions,
    long repeatedCaptions,
    long describedPhotos,
    long photos,
    long repeatedPhotos,
    Listed photosWithoutCaptions,
    Listed describedWithoutPhoto,
    SortedMap<String, Long> splits,
    List<Rejected> rejected,
    SortedMap<String, Long> sharedPhotos,
    SortedMap<String, Long> emptyAfterCleaning,
    SortedMap<String, String> encodings) {

  /** At most so many photos of a kind are named. */
  public static final int LISTED = 1_000;

  /** At most so many reasons are told apart; what is left counts as {@link #OTHER}. */
  public static final int REASONS = 100;

  public static final String OTHER = "other";

  /**
   * Photos of a kind.
   *
   * @param first in the order of ids, at most {@link #LISTED}
   */
  public record Listed(long count, List<PhotoId> first) {}

  /**
   * Rejected inputs of a kind.
   *
   * @param reason how it begins ({@link RejectedInput#beginning})
   */
  public record Rejected(RejectedInput.Kind kind, String reason, long count) {}
}
