package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.ContentHash;

/** A batch whose rows are known and whose photos are not read yet. */
public final class PlannedBatch {

  /** An array of integers is held once as such and once as bytes. */
  private static final int COPIES = 2;

  private final PhotoArrays photos;
  private final TrainingSet set;
  private final BatchRequest request;
  private final List<Run> runs;

  PlannedBatch(PhotoArrays photos, TrainingSet set, BatchRequest request, List<Run> runs) {
    this.photos = photos;
    this.set = set;
    this.request = request;
    this.runs = runs;
  }

  long rows() {
    return runs.stream().mapToLong(Run::rows).sum();
  }

  long distinctPhotos() {
    return runs.stream().map(run -> run.photo().photo()).distinct().count();
  }

  /** About what the batch takes in memory from {@link #read} until it is written. */
  public long heldBytes() {
    long perRow = (long) COPIES * ElementType.BYTES * (set.maxLength() + 2L);
    return distinctPhotos() * PhotoArrays.heldBytes(set, request) + rows() * perRow;
  }

  /** The batch, to be closed when it has been written. */
  public Batch read() {
    BatchRows.Unrolled rows =
        request.model() == BatchRequest.Model.WORD
            ? BatchRows.words(runs, set, request)
            : BatchRows.sequences(runs, set, request);
    Map<ContentHash, RowMemory.Row> held = photos.hold(set, request, rows);
    List<BatchArray> arrays = new ArrayList<>(PhotoArrays.arrays(set, request, rows, held));
    arrays.addAll(rows.arrays());
    return new Batch(arrays, List.copyOf(held.values()));
  }
}
