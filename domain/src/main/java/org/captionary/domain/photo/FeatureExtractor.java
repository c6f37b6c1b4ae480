package org.captionary.domain.photo;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port: a convolutional network that turns pixels into features. */
public interface FeatureExtractor {

  /** Cheap, and the same for the life of the process: loads no native code and no weights. */
  ExtractorIdentity identity();

  /**
   * Those of its {@link Network} that it can give; weights may have been saved without the last
   * ones.
   */
  Set<FeatureLayer> layers();

  /**
   * The same network with the same weights at another precision; an extractor of its own, which
   * this one closes.
   *
   * @return empty if this machine cannot compute it; {@link Precision#FLOAT32} always can be had
   */
  default Optional<FeatureExtractor> at(Precision precision) {
    return precision == Precision.FLOAT32 ? Optional.of(this) : Optional.empty();
  }

  /**
   * The features of each photo, in the order given.
   *
   * <p>A photo's features depend on its pixels and {@link #identity()} alone, bit for bit: not on
   * the photos beside it, on how many they are, or on a restart.
   *
   * <p>Safe to call from several threads; calls may wait for each other.
   *
   * @param photos any number, none included
   * @param layers some of {@link #layers()}, not none
   * @return one result a photo, holding just the layers asked for
   * @throws UnavailableExtractorException if the network cannot be loaded on this node
   */
  List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers);
}
