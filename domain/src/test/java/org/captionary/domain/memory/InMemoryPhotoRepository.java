package org.captionary.domain.memory;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.FeatureKey;
import org.captionary.domain.memory.Store.Rendered;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.TrainingSet;

record InMemoryPhotoRepository(Store store) implements PhotoRepository {

  /** There is one thread. */
  @Override
  public void hold() {}

  @Override
  public int purge(int contents) {
    List<ContentHash> looked =
        store.loose.keys().filter(content -> !isInTheMaking(content)).limit(contents).toList();
    store.loose.deleteIf(looked::contains);
    store.pixels.deleteIf(key -> looked.contains(key.content()) && !isImported(key.content()));
    store.features.deleteIf(key -> looked.contains(key.photo().content()) && !isReferred(key));
    return looked.size();
  }

  private boolean isImported(ContentHash content) {
    return store.imported.rows().anyMatch(photo -> photo.content().equals(content));
  }

  private boolean isInTheMaking(ContentHash content) {
    return store
        .preparations
        .entries()
        .filter(entry -> entry.getValue().published().isEmpty())
        .anyMatch(entry -> has(entry.getKey(), content));
  }

  private boolean isReferred(FeatureKey features) {
    ContentHash content = features.photo().content();
    return store
        .preparations
        .rows()
        .flatMap(row -> row.published().stream())
        .filter(preparation -> has(preparation.key(), content))
        .map(Preparation::trainingSet)
        .anyMatch(set -> refers(set, features));
  }

  private static boolean refers(TrainingSet set, FeatureKey features) {
    return set.extractor().equals(Optional.of(features.extractor()))
        && set.layers().contains(features.layer())
        && set.stored() == features.stored()
        && set.rendering().equals(features.photo().rendering());
  }

  private boolean has(PreparationKey preparation, ContentHash content) {
    return store
        .examples
        .entries()
        .filter(entry -> entry.getKey().preparation().equals(preparation))
        .anyMatch(entry -> entry.getValue().content().equals(Optional.of(content)));
  }

  @Override
  public Set<ContentHash> withPixels(Rendering rendering, Collection<ContentHash> contents) {
    return contents.stream()
        .filter(content -> store.pixels.contains(new Rendered(rendering, content)))
        .collect(toSet());
  }

  @Override
  public void addPixels(Rendering rendering, Map<ContentHash, Pixels> pixels) {
    pixels.forEach(
        (content, made) -> store.pixels.insertIfAbsent(new Rendered(rendering, content), made));
  }

  @Override
  public Map<ContentHash, Pixels> pixels(Rendering rendering, Collection<ContentHash> contents) {
    Map<ContentHash, Pixels> found = new HashMap<>();
    for (ContentHash content : contents) {
      store
          .pixels
          .find(new Rendered(rendering, content))
          .ifPresent(pixels -> found.put(content, pixels));
    }
    return found;
  }

  @Override
  public Set<ContentHash> withFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Set<FeatureLayer> layers,
      Collection<ContentHash> contents) {
    return contents.stream()
        .filter(
            content ->
                layers.stream()
                    .map(
                        layer ->
                            new FeatureKey(
                                extractor, layer, stored, new Rendered(rendering, content)))
                    .allMatch(store.features::contains))
        .collect(toSet());
  }

  @Override
  public void addFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Map<ContentHash, PhotoFeatures> features) {
    Map<FeatureKey, byte[]> rows = new HashMap<>();
    features.forEach(
        (content, found) ->
            found
                .layers()
                .forEach(
                    layer ->
                        rows.put(
                            new FeatureKey(
                                extractor, layer, stored, new Rendered(rendering, content)),
                            found.bytesOf(layer, stored))));
    rows.forEach(store.features::insertIfAbsent);
  }

  @Override
  public Map<ContentHash, byte[]> features(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      FeatureLayer layer,
      Collection<ContentHash> contents) {
    Map<ContentHash, byte[]> found = new HashMap<>();
    for (ContentHash content : contents) {
      store
          .features
          .find(new FeatureKey(extractor, layer, stored, new Rendered(rendering, content)))
          .ifPresent(bytes -> found.put(content, stored.toFloat32(bytes)));
    }
    return found;
  }
}
