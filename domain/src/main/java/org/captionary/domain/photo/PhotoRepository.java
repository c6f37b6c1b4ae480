package org.captionary.domain.photo;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Port: pixels and features of photos, kept by content and rendering, features also by the type
 * that they are stored in, so that a photo in two data sets is decoded and extracted once. What is
 * kept never changes; keeping a thing twice is harmless.
 */
public interface PhotoRepository {

  /** Those of the contents whose pixels are kept. */
  Set<ContentHash> withPixels(Rendering rendering, Collection<ContentHash> contents);

  void addPixels(Rendering rendering, Map<ContentHash, Pixels> pixels);

  /** The pixels that are kept of those asked for; the others are absent. */
  Map<ContentHash, Pixels> pixels(Rendering rendering, Collection<ContentHash> contents);

  /** Those of the contents that have every one of the layers. */
  Set<ContentHash> withFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Set<FeatureLayer> layers,
      Collection<ContentHash> contents);

  /**
   * Keeps features in a type, rounded to it.
   *
   * @throws UnstorableValueException if the type cannot hold a value
   */
  void addFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Map<ContentHash, PhotoFeatures> features);

  /**
   * One layer of the photos that have it in this type, as little-endian float32 in C order whatever
   * the type is; the others are absent.
   */
  Map<ContentHash, byte[]> features(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      FeatureLayer layer,
      Collection<ContentHash> contents);
}
