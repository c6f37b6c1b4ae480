package org.captionary.domain.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
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
    PhotoPages pages = new PhotoPages(examples, set, PAGE);
    while (pages.hasNext()) {
      List<EncodedPhoto> page = pages.next();
      Map<ContentHash, byte[]> rows =
          photos.features(
              set.extractor().orElseThrow(), set.rendering(), set.stored(), layer, contents(page));
      for (EncodedPhoto photo : page) {
        if (photo.content().isPresent()) {
          byte[] row = rows.get(photo.content().get());
          if (row == null) {
            throw new IncompletePreparationException("features of a photo are missing");
          }
          sink.take(BatchArray.ofLayer(photo.photo().value(), layer, row));
        }
      }
    }
  }

  private static Set<ContentHash> contents(List<EncodedPhoto> page) {
    return page.stream().flatMap(photo -> photo.content().stream()).collect(Collectors.toSet());
  }
}
