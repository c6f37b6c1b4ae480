package org.captionary.domain.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.PhotoRepository;

/** One layer's features of all described photos with a usable file, photo by photo. */
public final class WholeFeatures {

  private static final int PAGE = 64;

  private final ExampleRepository examples;
  private final PhotoRepository photos;

  public WholeFeatures(ExampleRepository examples, PhotoRepository photos) {
    this.examples = examples;
    this.photos = photos;
  }

  /** Takes one array after the other. */
  @FunctionalInterface
  public interface Sink {
    void take(BatchArray array) throws IOException;
  }

  /** How many bytes are held at a time while the layer is read. */
  public static long heldBytes(FeatureLayer layer) {
    return (long) PAGE * ElementType.BYTES * layer.length();
  }

  /** Gives an array of the layer's shape under each photo's id, in the order of ids. */
  public void forEach(TrainingSet set, FeatureLayer layer, Sink sink) throws IOException {
    Optional<PhotoId> after = Optional.empty();
    List<EncodedPhoto> page = examples.photosAfter(set.key(), after, PAGE);
    while (!page.isEmpty()) {
      Map<ContentHash, byte[]> rows =
          photos.features(
              set.extractor().orElseThrow(), set.rendering(), set.stored(), layer, contents(page));
      for (EncodedPhoto photo : page) {
        if (photo.content().isPresent()) {
          sink.take(array(photo.photo(), layer, rows.get(photo.content().get())));
        }
      }
      after = Optional.of(page.get(page.size() - 1).photo());
      page = examples.photosAfter(set.key(), after, PAGE);
    }
  }

  private static Set<ContentHash> contents(List<EncodedPhoto> page) {
    return page.stream().flatMap(photo -> photo.content().stream()).collect(Collectors.toSet());
  }

  private static BatchArray array(PhotoId photo, FeatureLayer layer, byte[] row) {
    List<Long> shape = layer.shape().stream().map(Integer::longValue).toList();
    return new BatchArray(photo.value(), ElementType.FLOAT32, shape, PhotoRow.of(row));
  }
}
