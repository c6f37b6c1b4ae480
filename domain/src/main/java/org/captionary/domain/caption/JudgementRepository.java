package org.captionary.domain.caption;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;

/** Port: how people judged captions of a snapshot. */
public interface JudgementRepository {

  /**
   * Adds judgements; what experts and crowd said of one pair comes together.
   *
   * @param pairs each once, of captions that are there, with a part that the pair does not have yet
   */
  void add(SnapshotId snapshot, List<JudgedPair> pairs);

  /** Takes away every judgement of a snapshot, so that its files can be read anew. */
  void clear(SnapshotId snapshot);

  /** The pairs of the photos, in no order. */
  List<JudgedPair> of(SnapshotId snapshot, Collection<PhotoId> photos);

  /**
   * Gives every judged photo with the caption as it was written, its own photo's id on it, in the
   * order of the judged photos' ids and of the captions.
   *
   * @param photo only this judged photo; empty: all
   */
  void forEach(SnapshotId snapshot, Optional<PhotoId> photo, BiConsumer<PhotoId, Caption> consumer);
}
