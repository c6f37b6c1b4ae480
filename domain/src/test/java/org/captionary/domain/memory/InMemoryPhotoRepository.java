package org.captionary.domain.memory;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.memory.Store.FeatureKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;

record InMemoryPhotoRepository(Store store) implements PhotoRepository {

  @Override
  public Set<ContentHash> withPixels(Collection<ContentHash> contents) {
    return contents.stream().filter(store.pixels::contains).collect(toSet());
  }

  @Override
  public void addPixels(Map<ContentHash, Pixels> pixels) {
    pixels.forEach(store.pixels::insertIfAbsent);
  }

  @Override
  public Map<ContentHash, Pixels> pixels(Collection<ContentHash> contents) {
    Map<ContentHash, Pixels> found = new HashMap<>();
    contents.forEach(c -> store.pixels.find(c).ifPresent(pixels -> found.put(c, pixels)));
    return found;
  }

  @Override
  public Set<ContentHash> withFeatures(
      ExtractorIdentity extractor, Set<FeatureLayer> layers, Collection<ContentHash> contents) {
    return contents.stream()
        .filter(
            content ->
                layers.stream()
                    .map(layer -> new FeatureKey(extractor, layer, content))
                    .allMatch(store.features::contains))
        .collect(toSet());
  }

  @Override
  public void addFeatures(ExtractorIdentity extractor, Map<ContentHash, PhotoFeatures> features) {
    features.forEach((content, found) -> add(extractor, content, found));
  }

  private void add(ExtractorIdentity extractor, ContentHash content, PhotoFeatures found) {
    for (FeatureLayer layer : found.layers()) {
      store.features.insertIfAbsent(
          new FeatureKey(extractor, layer, content), found.bytesOf(layer));
    }
  }

  @Override
  public Map<ContentHash, byte[]> features(
      ExtractorIdentity extractor, FeatureLayer layer, Collection<ContentHash> contents) {
    Map<ContentHash, byte[]> found = new HashMap<>();
    for (ContentHash content : contents) {
      store
          .features
          .find(new FeatureKey(extractor, layer, content))
          .ifPresent(bytes -> found.put(content, bytes));
    }
    return found;
  }
}
