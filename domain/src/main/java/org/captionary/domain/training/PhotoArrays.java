package org.captionary.domain.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;

/** Makes the arrays that stand for a batch's photos: {@code photos} and {@code photo_index}. */
final class PhotoArrays {

  private static final List<Integer> PIXELS_SHAPE =
      List.of(Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS);

  /** About what a kept row takes beside its bytes. */
  private static final int ENTRY_BYTES = 400;

  private final PhotoRepository photos;
  private final LastUsed<String, PhotoRow> kept;

  /**
   * @param keptBytes about the most that is kept of rows used last
   */
  PhotoArrays(PhotoRepository photos, long keptBytes) {
    this.photos = photos;
    this.kept = new LastUsed<>(keptBytes, row -> row.heldBytes() + ENTRY_BYTES);
  }

  /** The shape of one row of {@code photos}; the request is not for {@code photo=none}. */
  static List<Integer> rowShape(TrainingSet set, BatchRequest request) {
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? PIXELS_SHAPE
        : set.layer(request.layer()).shape();
  }

  /** None for {@code photo=none}; {@code photos} alone if expanded; both if compact. */
  List<BatchArray> arrays(TrainingSet set, BatchRequest request, BatchRows.Unrolled rows) {
    if (request.photo() == BatchRequest.PhotoInput.NONE) {
      return List.of();
    }
    List<PhotoRow> distinct = distinctRows(set, request, rows.photos());
    List<Integer> shape = rowShape(set, request);
    if (request.layout() == BatchRequest.Layout.COMPACT) {
      return List.of(
          BatchArray.ofRows("photos", distinct, shape),
          BatchArray.ofInts("photo_index", rows.photoIndex(), rows.photoIndex().length));
    }
    List<PhotoRow> perExample = Arrays.stream(rows.photoIndex()).mapToObj(distinct::get).toList();
    return List.of(BatchArray.ofRows("photos", perExample, shape));
  }

  /** What one distinct photo takes in memory while a batch is written. */
  static long heldBytes(TrainingSet set, BatchRequest request) {
    return switch (request.photo()) {
      case NONE -> 0;
      case PIXELS -> Pixels.LENGTH;
      case FEATURES -> (long) ElementType.BYTES * set.layer(request.layer()).length();
    };
  }

  private List<PhotoRow> distinctRows(
      TrainingSet set, BatchRequest request, List<ContentHash> contents) {
    String kind = kind(set, request);
    Map<ContentHash, PhotoRow> rows = new HashMap<>();
    Set<ContentHash> missing = new HashSet<>();
    for (ContentHash content : contents) {
      String key = content.hex() + kind;
      PhotoRow row = kept.find(key);
      if (row == null) {
        missing.add(content);
      } else {
        rows.put(content, row);
      }
    }
    if (!missing.isEmpty()) {
      read(set, request, missing)
          .forEach(
              (content, row) -> {
                rows.put(content, row);
                kept.put(content.hex() + kind, row);
              });
    }
    return contents.stream().map(content -> required(rows, content)).toList();
  }

  /** What beside a photo's content decides its row. */
  private static String kind(TrainingSet set, BatchRequest request) {
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? " pixels"
        : " " + set.layer(request.layer()).id() + " " + set.extractor().orElseThrow();
  }

  private Map<ContentHash, PhotoRow> read(
      TrainingSet set, BatchRequest request, Set<ContentHash> contents) {
    Map<ContentHash, PhotoRow> rows = new HashMap<>();
    if (request.photo() == BatchRequest.PhotoInput.PIXELS) {
      photos.pixels(contents).forEach((content, p) -> rows.put(content, PhotoRow.of(p)));
    } else {
      photos
          .features(set.extractor().orElseThrow(), set.layer(request.layer()), contents)
          .forEach((content, bytes) -> rows.put(content, PhotoRow.of(bytes)));
    }
    return rows;
  }

  private static PhotoRow required(Map<ContentHash, PhotoRow> rows, ContentHash content) {
    PhotoRow row = rows.get(content);
    if (row == null) {
      throw new IllegalStateException("nothing is stored for the photo of content " + content);
    }
    return row;
  }
}
