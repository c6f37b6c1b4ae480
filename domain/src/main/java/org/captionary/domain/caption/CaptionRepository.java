package org.captionary.domain.caption;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;

/** Port: the captions of a snapshot, raw, and those of a preparation, clean. */
public interface CaptionRepository {

  /** Adds raw captions, without their judgements; an ordinal is added once. */
  void add(SnapshotId snapshot, List<Caption> captions);

  /** Takes away every raw caption of a snapshot, so that its file can be read anew. */
  void clear(SnapshotId snapshot);

  /** The raw captions that were written for the photos, in dataset order. */
  List<Caption> of(SnapshotId snapshot, Collection<PhotoId> photos);

  /**
   * The next described photos, in the order of their ids, with all their captions.
   *
   * @param filter only with the captions that it takes; a photo without one is not described
   * @param after the last photo already seen; empty: from the first
   * @param photos at most so many, 1 or more
   */
  List<Described<Caption>> describedAfter(
      SnapshotId snapshot, JudgementFilter filter, Optional<PhotoId> after, int photos);

  /**
   * Every so many-th described photo in the order of ids: where runs of so many photos end.
   *
   * @param filter as in {@link #describedAfter}
   * @param every 1 or more
   */
  List<PhotoId> everyDescribed(SnapshotId snapshot, JudgementFilter filter, int every);

  /**
   * How many photos have captions.
   *
   * @param filter as in {@link #describedAfter}
   */
  long describedPhotos(SnapshotId snapshot, JudgementFilter filter);

  /**
   * How many captions the described photos have.
   *
   * @param filter as in {@link #describedAfter}
   * @param limit only the first so many photos by id; empty: all
   */
  long count(SnapshotId snapshot, JudgementFilter filter, OptionalInt limit);

  /** Adds clean captions; a photo is added once, with all its chosen captions. */
  void addClean(PreparationKey preparation, List<Described<CleanCaption>> photos);

  /** How many clean captions the photos of a split have. */
  long countClean(PreparationKey preparation, Split split);

  /** How many clean captions have no token. */
  long countEmptyClean(PreparationKey preparation);

  /** Gives every clean caption of a split in dataset order, one at a time. */
  void forEachClean(PreparationKey preparation, Split split, Consumer<CleanCaption> consumer);

  /** The next photos with clean captions, in the order of their ids. */
  List<Described<CleanCaption>> cleanAfter(
      PreparationKey preparation, Optional<PhotoId> after, int photos);

  /**
   * The next clean captions in the order of descriptions: photos by first appearance in dataset
   * order, a photo's captions in dataset order.
   *
   * @param after where the last page ended; empty: from the first
   * @param captions at most so many, 1 or more
   */
  List<Description> descriptionsAfter(
      PreparationKey preparation, Optional<Description> after, int captions);

  /**
   * A clean caption and its place among descriptions.
   *
   * @param rank the ordinal of the photo's first raw caption
   */
  record Description(long rank, CleanCaption caption) {}
}
