package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.List;

/** A batch whose examples are known and whose photos are not read yet. */
public final class PlannedBatch {

  /** An array of integers is held once as such and once as bytes. */
  private static final int COPIES = 2;

  private final PhotoArrays photos;
  private final TrainingSet set;
  private final BatchRequest request;
  private final ExampleRange range;

  PlannedBatch(PhotoArrays photos, TrainingSet set, BatchRequest request, ExampleRange range) {
    this.photos = photos;
    this.set = set;
    this.request = request;
    this.range = range;
  }

  /** About what the batch takes in memory from {@link #read} until it is written. */
  public long heldBytes() {
    long perExample = (long) COPIES * ElementType.BYTES * (set.maxLength() + 2L);
    return range.photos() * PhotoArrays.heldBytes(set, request) + range.examples() * perExample;
  }

  public Batch read() {
    ExampleRows rows = range.unroll(set.maxLength());
    List<BatchArray> arrays = new ArrayList<>(photos.arrays(set, request, rows));
    arrays.add(BatchArray.ofInts("sequences", rows.sequences(), rows.count(), set.maxLength()));
    arrays.add(
        request.target() == BatchRequest.TargetForm.INDEX
            ? BatchArray.ofInts("targets", rows.targets(), rows.count())
            : BatchArray.ofOneHot("targets", rows.targets(), set.vocabularySize()));
    return new Batch(arrays);
  }
}
