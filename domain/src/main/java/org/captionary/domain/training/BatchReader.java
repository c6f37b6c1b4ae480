package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Split;

/**
 * Reads batches of model {@code word}. A batch is a pure function of the preparation, the request
 * and the number, whatever was read before and wherever it is read.
 */
public final class BatchReader {

  private static final List<Integer> PIXELS_SHAPE =
      List.of(Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS);

  private final ExampleRepository examples;
  private final PhotoRepository photos;
  private final long maxBytes;

  /**
   * @param maxBytes the most that the arrays of one batch may take together
   */
  public BatchReader(ExampleRepository examples, PhotoRepository photos, long maxBytes) {
    this.examples = examples;
    this.photos = photos;
    this.maxBytes = maxBytes;
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
   * Reads a batch.
   *
   * @param number 0 to {@link #count} - 1
   * @throws InvalidInputException as {@link #count}; on field {@code size} or {@code photos} if the
   *     batch would be too large
   */
  public Batch read(TrainingSet set, BatchRequest request, long number) {
    long count = count(set, request);
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("batch " + number + " of " + count);
    }
    ExampleRange range = range(set, request, number);
    checkSize(set, request, range.examples(), range.photos());
    return new Batch(arrays(set, request, range.unroll(set.maxLength())));
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

  private List<BatchArray> arrays(TrainingSet set, BatchRequest request, ExampleRows rows) {
    List<BatchArray> arrays = new ArrayList<>();
    if (request.photo() != BatchRequest.PhotoInput.NONE) {
      arrays.addAll(photoArrays(set, request, rows));
    }
    arrays.add(BatchArray.ofInts("sequences", rows.sequences(), rows.count(), set.maxLength()));
    arrays.add(
        request.target() == BatchRequest.TargetForm.INDEX
            ? BatchArray.ofInts("targets", rows.targets(), rows.count())
            : BatchArray.ofOneHot("targets", rows.targets(), set.vocabularySize()));
    return arrays;
  }

  private List<BatchArray> photoArrays(TrainingSet set, BatchRequest request, ExampleRows rows) {
    List<byte[]> photoRows = photoRows(set, request, rows.photos());
    List<Integer> shape = rowShape(set, request);
    if (request.layout() == BatchRequest.Layout.COMPACT) {
      return List.of(
          BatchArray.ofRows("photos", photoRows, shape),
          BatchArray.ofInts("photo_index", rows.photoIndex(), rows.count()));
    }
    List<byte[]> perExample = Arrays.stream(rows.photoIndex()).mapToObj(photoRows::get).toList();
    return List.of(BatchArray.ofRows("photos", perExample, shape));
  }

  private static List<Integer> rowShape(TrainingSet set, BatchRequest request) {
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? PIXELS_SHAPE
        : set.layer(request.layer()).shape();
  }

  private List<byte[]> photoRows(
      TrainingSet set, BatchRequest request, List<ContentHash> contents) {
    Map<ContentHash, byte[]> found =
        request.photo() == BatchRequest.PhotoInput.PIXELS
            ? pixelRows(contents)
            : featureRows(set, set.layer(request.layer()), contents);
    return contents.stream().map(content -> required(found, content)).toList();
  }

  private Map<ContentHash, byte[]> featureRows(
      TrainingSet set, FeatureLayer layer, List<ContentHash> contents) {
    return photos.features(set.extractor().orElseThrow(), layer, new HashSet<>(contents));
  }

  private Map<ContentHash, byte[]> pixelRows(List<ContentHash> contents) {
    Map<ContentHash, byte[]> rows = new HashMap<>();
    photos
        .pixels(new HashSet<>(contents))
        .forEach((content, pixels) -> rows.put(content, pixels.toVgg16InputBytes()));
    return rows;
  }

  private static byte[] required(Map<ContentHash, byte[]> rows, ContentHash content) {
    byte[] row = rows.get(content);
    if (row == null) {
      throw new IllegalStateException("nothing is stored for the photo of content " + content);
    }
    return row;
  }

  /** Before anything is made, as a batch that is too large may not fit into memory at all. */
  private void checkSize(TrainingSet set, BatchRequest request, long rows, long distinctPhotos) {
    long target = request.target() == BatchRequest.TargetForm.ONEHOT ? set.vocabularySize() : 1L;
    long elements = rows * (set.maxLength() + target);
    if (request.photo() != BatchRequest.PhotoInput.NONE) {
      boolean compact = request.layout() == BatchRequest.Layout.COMPACT;
      long perPhoto = product(rowShape(set, request));
      elements += compact ? distinctPhotos * perPhoto + rows : rows * perPhoto;
    }
    if (elements > maxBytes / ElementType.BYTES) {
      refuseTooLarge(request, elements * ElementType.BYTES);
    }
  }

  private void refuseTooLarge(BatchRequest request, long bytes) {
    String allowed =
        String.format(
            Locale.ROOT,
            "what makes a batch of at most %d bytes; this one has %d",
            maxBytes,
            bytes);
    if (request.size() instanceof BatchRequest.Photos size) {
      throw new InvalidInputException("photos", size.count(), allowed);
    }
    throw new InvalidInputException(
        "size", ((BatchRequest.Examples) request.size()).count(), allowed);
  }

  private static long product(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  private static long ceilDiv(long total, long size) {
    return (total + size - 1) / size;
  }
}
