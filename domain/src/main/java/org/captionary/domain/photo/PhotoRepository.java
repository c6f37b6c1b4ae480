package org.captionary.domain.photo;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Port: pixels and features of photos, kept by content and rendering, features also by the type
 * that they are stored in, so that a photo in two data sets is decoded and extracted once. What is
 * kept never changes; keeping a thing twice is harmless.
 *
 * <p>Pixels are referred to by the imported photos of any snapshot that have their content;
 * features by the encoded photos, with their content, of each published preparation with their
 * extractor, rendering, type and layer, and of every preparation in the making.
 */
public interface PhotoRepository {

  /**
   * Waits for a {@link #purge} under way, and lets none begin until the unit of work ends. Whoever
   * means to rely on what it finds kept calls this first, with its references committed before, or
   * in the same unit of work: then what it finds stays. Outside a unit of work it only waits, which
   * is enough where the references are committed.
   */
  void hold();

  /**
   * Looks at contents that something ceased to refer to, and takes away those of their pixels and
   * features that nothing refers to any more. What never was referred to stays.
   *
   * @param contents how many to look at, at most
   * @return at how many it looked; 0: none are left, but for those that a preparation in the making
   *     refers to, which come up again when it is over
   */
  int purge(int contents);

  /** Those of the contents whose pixels are kept. */
  Set<ContentHash> withPixels(Rendering rendering, Collection<ContentHash> contents);

  /** Holds, as {@link #hold}: references are committed in the same unit of work. */
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
