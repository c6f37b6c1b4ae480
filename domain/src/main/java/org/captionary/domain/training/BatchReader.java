package org.captionary.domain.training;

import java.util.concurrent.Executor;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.PhotoRepository;

/**
 * Reads batches. A batch is a pure function of the preparation, the request and the number,
 * whatever was read before and wherever it is read.
 */
public final class BatchReader {

  private final KeptTexts texts;
  private final RunFinder runs;
  private final PhotoArrays photos;
  private final BatchLimit limit;

  /** Of what is kept, the share of the text; photos have the rest. */
  private static final int TEXT_SHARE = 4;

  /**
   * @param maxBytes the most that the arrays of one batch may take together
   * @param keptBytes about the most that is kept of photos and captions used last, so that they
   *     need not be read again; 0 or more
   * @param memory for features that are kept
   * @param background reads the texts of preparations in use into memory
   */
  public BatchReader(
      ExampleRepository examples,
      PhotoRepository photos,
      long maxBytes,
      long keptBytes,
      RowMemory memory,
      Executor background) {
    long text = keptBytes / TEXT_SHARE;
    this.texts = new KeptTexts(examples, text, background);
    this.runs = new RunFinder(new PhotoLookUp(examples, texts));
    this.photos = new PhotoArrays(photos, keptBytes - text, memory);
    this.limit = new BatchLimit(maxBytes);
  }

  /** Of the texts that are kept, whole ones; a batch looks up its text once or twice. */
  public KeptFigures keptTexts() {
    return texts.figures();
  }

  /** Of the photos' rows that are kept; a batch looks up each of its photos once. */
  public KeptFigures keptPhotos() {
    return photos.figures();
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
    long total = figures.count(request.unit());
    int size = request.size().count();
    return total / size + (total % size > 0 ? 1 : 0);
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
    PlannedBatch planned = new PlannedBatch(photos, set, request, runs.find(set, request, number));
    limit.check(set, request, planned.rows(), planned.distinctPhotos());
    return planned;
  }

  /** As {@link #plan}, read at once; to be closed. */
  public Batch read(TrainingSet set, BatchRequest request, long number) {
    return plan(set, request, number).read();
  }
}
