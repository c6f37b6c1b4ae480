package org.captionary.domain.training;

import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Split;

/**
 * Reads batches of model {@code word}. A batch is a pure function of the preparation, the request
 * and the number, whatever was read before and wherever it is read.
 */
public final class BatchReader {

  private final ExampleRepository examples;
  private final PhotoArrays photos;
  private final BatchLimit limit;

  /**
   * @param maxBytes the most that the arrays of one batch may take together
   */
  public BatchReader(ExampleRepository examples, PhotoRepository photos, long maxBytes) {
    this.examples = examples;
    this.photos = new PhotoArrays(photos);
    this.limit = new BatchLimit(maxBytes);
  }

  /**
   * How many batches the request cuts a split into.
   *
   * @throws InvalidInputException on field {@code split}, {@code layer} or {@code photo}
   */
  public long count(TrainingSet set, BatchRequest request) {
    SplitFigures figures = set.figures(request.split());
    if (request.photo() == BatchRequest.PhotoInput.FEATURES) {
      set.layer(request.layer());
    }
    if (request.size() instanceof BatchRequest.Photos size) {
      return ceilDiv(figures.servablePhotos(), size.count());
    }
    return ceilDiv(figures.servableExamples(), ((BatchRequest.Examples) request.size()).count());
  }

  /**
   * Finds what a batch is made of, without its photos.
   *
   * @param number 0 to {@link #count} - 1
   * @throws InvalidInputException as {@link #count}; on field {@code size} or {@code photos} if the
   *     batch would be too large
   */
  public PlannedBatch plan(TrainingSet set, BatchRequest request, long number) {
    long count = count(set, request);
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("batch " + number + " of " + count);
    }
    ExampleRange range = range(set, request, number);
    limit.check(set, request, range.examples(), range.photos());
    return new PlannedBatch(photos, set, request, range);
  }

  /** As {@link #plan}, read at once. */
  public Batch read(TrainingSet set, BatchRequest request, long number) {
    return plan(set, request, number).read();
  }

  private ExampleRange range(TrainingSet set, BatchRequest request, long number) {
    Split split = request.split();
    if (request.size() instanceof BatchRequest.Photos size) {
      long from = number * size.count();
      return new ExampleRange(
          examples.byPhoto(set.key(), split, from, from + size.count()), split, 0, Long.MAX_VALUE);
    }
    int size = ((BatchRequest.Examples) request.size()).count();
    long from = number * size;
    return new ExampleRange(
        examples.byExample(set.key(), split, from, from + size), split, from, from + size);
  }

  private static long ceilDiv(long total, long size) {
    return (total + size - 1) / size;
  }
}
