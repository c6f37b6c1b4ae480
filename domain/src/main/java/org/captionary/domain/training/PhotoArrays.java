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
    List<byte[]> distinct = distinctRows(set, request, rows.photos());
    List<Integer> shape = rowShape(set, request);
    if (request.layout() == BatchRequest.Layout.COMPACT) {
      return List.of(
          BatchArray.ofRows("photos", distinct, shape),
          BatchArray.ofInts("photo_index", rows.photoIndex(), rows.count()));
    }
    List<byte[]> perExample = Arrays.stream(rows.photoIndex()).mapToObj(distinct::get).toList();
    return List.of(BatchArray.ofRows("photos", perExample, shape));
  }

  private List<byte[]> distinctRows(
      TrainingSet set, BatchRequest request, List<ContentHash> contents) {
    Map<ContentHash, byte[]> found =
        request.photo() == BatchRequest.PhotoInput.PIXELS
            ? pixels(contents)
            : features(set, set.layer(request.layer()), contents);
    return contents.stream().map(content -> required(found, content)).toList();
  }

  private Map<ContentHash, byte[]> features(
      TrainingSet set, FeatureLayer layer, List<ContentHash> contents) {
    return photos.features(set.extractor().orElseThrow(), layer, new HashSet<>(contents));
  }

  private Map<ContentHash, byte[]> pixels(List<ContentHash> contents) {
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
}
