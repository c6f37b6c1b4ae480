package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;

/**
 * The rows of one batch unrolled, and for each the row of its photo.
 *
 * <p>Model {@code word}: {@code sequences} (B, maxLength) are the words before, padded on the left,
 * {@code targets} (B,) the words. Model {@code sequence}: {@code targets} (B, maxLength) are the
 * captions, padded on the right.
 */
final class BatchRows {

  private final int maxLength;
  private final int[] photoIndex;
  private final Map<PhotoId, Integer> rowOf = new HashMap<>();
  private final List<EncodedPhoto> photos = new ArrayList<>();
  private int filled;

  private BatchRows(List<Run> runs, int maxLength) {
    this.maxLength = maxLength;
    this.photoIndex = new int[runs.stream().mapToInt(Run::rows).sum()];
  }

  /**
   * The arrays behind those of the photos, and who the photos are.
   *
   * @param photos each once, all servable
   * @param photoIndex of each row the photo's place in the list
   */
  record Unrolled(List<EncodedPhoto> photos, int[] photoIndex, List<BatchArray> arrays) {

    /** Each photo's content; two may have one. */
    List<ContentHash> contents() {
      return photos.stream().map(photo -> photo.content().orElseThrow()).toList();
    }

    /** Of each row its photo's number in the split. */
    int[] photoNumbers(Split split) {
      long[] numbers =
          photos.stream().mapToLong(p -> PhotoLookUp.first(p, split, Unit.PHOTO)).toArray();
      return Arrays.stream(photoIndex).map(row -> Math.toIntExact(numbers[row])).toArray();
    }
  }

  static Unrolled words(List<Run> runs, TrainingSet set, BatchRequest request) {
    return new BatchRows(runs, set.maxLength()).words(runs, set.vocabularySize(), request);
  }

  static Unrolled sequences(List<Run> runs, TrainingSet set, BatchRequest request) {
    return new BatchRows(runs, set.maxLength()).sequences(runs, set.vocabularySize(), request);
  }

  private Unrolled words(List<Run> runs, int vocabularySize, BatchRequest request) {
    int[] sequences = new int[elements()];
    int[] targets = new int[photoIndex.length];
    for (Run run : runs) {
      int row = photoRow(run.photo());
      for (int word = run.from() + 1; word <= run.to(); word++) {
        run.caption().padLeft(word, sequences, filled * maxLength, maxLength);
        targets[filled] = run.caption().at(word);
        photoIndex[filled++] = row;
      }
    }
    return unrolled(
        BatchArray.ofInts("sequences", sequences, photoIndex.length, maxLength),
        target(request, targets, vocabularySize, photoIndex.length));
  }

  private Unrolled sequences(List<Run> runs, int vocabularySize, BatchRequest request) {
    int[] targets = new int[elements()];
    for (Run run : runs) {
      run.caption().padRight(targets, filled * maxLength, maxLength);
      photoIndex[filled++] = photoRow(run.photo());
    }
    return unrolled(target(request, targets, vocabularySize, photoIndex.length, maxLength));
  }

  private int elements() {
    return Math.multiplyExact(photoIndex.length, maxLength);
  }

  private Unrolled unrolled(BatchArray... arrays) {
    return new Unrolled(photos, photoIndex, List.of(arrays));
  }

  private static BatchArray target(
      BatchRequest request, int[] targets, int vocabularySize, long... shape) {
    return request.target() == BatchRequest.TargetForm.INDEX
        ? BatchArray.ofInts("targets", targets, shape)
        : BatchArray.ofOneHot("targets", targets, vocabularySize, shape);
  }

  private int photoRow(EncodedPhoto photo) {
    return rowOf.computeIfAbsent(photo.photo(), id -> newRow(photo));
  }

  private int newRow(EncodedPhoto photo) {
    photos.add(photo);
    return photos.size() - 1;
  }
}
