package org.captionary.domain.preparation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;

/** Port: what imports found. Captions are kept by the caption repository under the same id. */
public interface SnapshotRepository {

  /** Begins a snapshot for a job, or goes on with the one that the job began. */
  Snapshot open(JobId job, String dataset, ContentHash fingerprint);

  Optional<Snapshot> find(SnapshotId snapshot);

  /** The last snapshot of a data set that was completed. */
  Optional<Snapshot> latestComplete(String dataset);

  /** The last snapshot of a data set, complete or not. */
  Optional<Snapshot> latest(String dataset);

  /** Takes away splits and rejected rows of text files, so that these can be read anew. */
  void clearText(SnapshotId snapshot);

  /** Puts photos into a split; those that are in a split already stay there. */
  void addToSplit(SnapshotId snapshot, Split split, Collection<PhotoId> photos);

  /** The split of each of the photos that is in one. */
  Map<PhotoId, Split> splits(SnapshotId snapshot, Collection<PhotoId> photos);

  /** Notes that the text files are read, and what they were. */
  void textRead(SnapshotId snapshot, Snapshot.TextFiles files);

  void addRejected(SnapshotId snapshot, List<RejectedInput> rejected);

  void addPhotos(SnapshotId snapshot, List<ImportedPhoto> photos);

  /** Those of the file names that were imported or rejected. */
  Set<String> handled(SnapshotId snapshot, Collection<String> fileNames);

  /** The imported photos among the file names, by name. */
  Map<String, ImportedPhoto> byFileName(SnapshotId snapshot, Collection<String> fileNames);

  /** The imported photos among the ids. */
  Map<PhotoId, ImportedPhoto> byId(SnapshotId snapshot, Collection<PhotoId> photos);

  /** Gives every imported photo in the order of ids. */
  void forEachPhoto(SnapshotId snapshot, Consumer<ImportedPhoto> consumer);

  /** Gives every rejected input: rows of text files by kind and line, then photos by name. */
  void forEachRejected(SnapshotId snapshot, Consumer<RejectedInput> consumer);

  long countRejected(SnapshotId snapshot);

  void complete(SnapshotId snapshot, ContentHash content);

  /**
   * Takes a snapshot out of sight; jobs that used it then use none. Its rows go by {@link #sweep}.
   */
  void discard(SnapshotId snapshot);

  /**
   * Takes away rows of snapshots that were discarded or whose data set was deleted.
   *
   * @param rows at most so many
   * @return how many it took; 0 if none are left, or another sweep is at them
   */
  int sweep(int rows);
}
