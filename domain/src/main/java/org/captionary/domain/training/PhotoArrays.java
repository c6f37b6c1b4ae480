package org.captionary.domain.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;

/** Makes the arrays that stand for a batch's photos: {@code photos} and {@code photo_index}. */
final class PhotoArrays {

  private static final List<Integer> PIXELS_SHAPE =
      List.of(Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS);

  private final PhotoRepository photos;

  PhotoArrays(PhotoRepository photos) {
    this.photos = photos;
  }

  /** The shape of one row of {@code photos}; the request is not for {@code photo=none}. */
  static List<Integer> rowShape(TrainingSet set, BatchRequest request) {
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? PIXELS_SHAPE
        : set.layer(request.layer()).shape();
  }

  /** None for {@code photo=none}; {@code photos} alone if expanded; both if compact. */
  List<BatchArray> arrays(TrainingSet set, BatchRequest request, ExampleRows rows) {
    if (request.photo() == BatchRequest.PhotoInput.NONE) {
      return List.of();
    }
    List<BatchArray.Content> distinct = distinctRows(set, request, rows.photos());
    List<Integer> shape = rowShape(set, request);
    if (request.layout() == BatchRequest.Layout.COMPACT) {
      return List.of(
          BatchArray.ofRows("photos", distinct, shape),
          BatchArray.ofInts("photo_index", rows.photoIndex(), rows.count()));
    }
    List<BatchArray.Content> perExample =
        Arrays.stream(rows.photoIndex()).mapToObj(distinct::get).toList();
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

  private List<BatchArray.Content> distinctRows(
      TrainingSet set, BatchRequest request, List<ContentHash> contents) {
    Map<ContentHash, BatchArray.Content> found =
        request.photo() == BatchRequest.PhotoInput.PIXELS
            ? pixels(contents)
            : features(set, set.layer(request.layer()), contents);
    return contents.stream().map(content -> required(found, content)).toList();
  }

  private Map<ContentHash, BatchArray.Content> features(
      TrainingSet set, FeatureLayer layer, List<ContentHash> contents) {
    Map<ContentHash, BatchArray.Content> rows = new HashMap<>();
    photos
        .features(set.extractor().orElseThrow(), layer, new HashSet<>(contents))
        .forEach((content, bytes) -> rows.put(content, out -> out.write(bytes)));
    return rows;
  }

  /** Four times as large as float32 as they are kept, so that is made while they are written. */
  private Map<ContentHash, BatchArray.Content> pixels(List<ContentHash> contents) {
    Map<ContentHash, BatchArray.Content> rows = new HashMap<>();
    photos
        .pixels(new HashSet<>(contents))
        .forEach((content, p) -> rows.put(content, out -> out.write(p.toVgg16InputBytes())));
    return rows;
  }

  private static BatchArray.Content required(
      Map<ContentHash, BatchArray.Content> rows, ContentHash content) {
    BatchArray.Content row = rows.get(content);
    if (row == null) {
      throw new IllegalStateException("nothing is stored for the photo of content " + content);
    }
    return row;
  }
}
