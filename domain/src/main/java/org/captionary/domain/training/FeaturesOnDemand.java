package org.captionary.domain.training;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.photo.UnstorableValueException;

/**
 * The features of a photo that need not be in any data set: the same numbers, bit for bit, that a
 * preparation with this rendering, this type and this extractor holds for the same file.
 */
public final class FeaturesOnDemand {

  private final PhotoDecoder decoder;
  private final Extractors extractors;

  public FeaturesOnDemand(PhotoDecoder decoder, Extractors extractors) {
    this.decoder = decoder;
    this.extractors = extractors;
  }

  /** What extracts by a network at a precision; empty if this machine cannot. */
  public Optional<ExtractorIdentity> extractor(Network network, Precision precision) {
    return extractors.find(network, precision).map(FeatureExtractor::identity);
  }

  /** The networks that may be asked for, as they are called. */
  public List<String> networks() {
    return extractors.networks();
  }

  /** The layers of a network that may be asked for. */
  public Set<FeatureLayer> layers(Network network) {
    return extractors.find(network).map(FeatureExtractor::layers).orElse(Set.of());
  }

  /**
   * How features are made.
   *
   * @param network with {@code precision}, one that there is an extractor for
   * @param stored the type that values are rounded to; they come as float32 all the same
   * @param layers some of {@link #layers}, not none
   */
  public record Wanted(
      Rendering rendering,
      Network network,
      Precision precision,
      StoredType stored,
      List<FeatureLayer> layers) {

    public Wanted {
      layers = List.copyOf(layers);
    }
  }

  /**
   * @param file a photo's whole file
   * @return for each layer an array of its shape, under its name
   * @throws UnreadablePhotoException if the file is no photo that can be read
   * @throws UnstorableValueException if the stored type cannot hold one of the values
   */
  public Batch of(byte[] file, Wanted wanted) throws UnreadablePhotoException {
    Pixels pixels = decoder.decode(file, wanted.rendering());
    FeatureExtractor chosen = extractors.find(wanted.network(), wanted.precision()).orElseThrow();
    PhotoFeatures found = chosen.extract(List.of(pixels), Set.copyOf(wanted.layers())).get(0);
    return new Batch(
        wanted.layers().stream().map(layer -> array(layer, found, wanted.stored())).toList());
  }

  private static BatchArray array(FeatureLayer layer, PhotoFeatures features, StoredType stored) {
    byte[] row = stored.toFloat32(features.bytesOf(layer, stored));
    return BatchArray.ofLayer(layer.id(), layer, row);
  }
}
