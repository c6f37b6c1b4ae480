package org.captionary.domain.photo;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What extracts features on a node: an extractor for each network that it has. None of them loads
 * anything before it is asked for a first photo.
 */
public final class Extractors {

  private final Map<Network, FeatureExtractor> byNetwork;

  /**
   * @param byNetwork not empty
   */
  public Extractors(Map<Network, FeatureExtractor> byNetwork) {
    this.byNetwork = new EnumMap<>(byNetwork);
  }

  /** A node with one network. */
  public static Extractors of(Network network, FeatureExtractor extractor) {
    return new Extractors(Map.of(network, extractor));
  }

  /** The networks that there are, as they are called. */
  public List<String> networks() {
    return byNetwork.keySet().stream().map(Network::id).toList();
  }

  public Optional<FeatureExtractor> find(Network network) {
    return Optional.ofNullable(byNetwork.get(network));
  }

  /** Empty if this machine cannot compute at that precision, or has not the network. */
  public Optional<FeatureExtractor> find(Network network, Precision precision) {
    return find(network).flatMap(extractor -> extractor.at(precision));
  }

  /** Every network at every precision that can be had. */
  public Stream<FeatureExtractor> all() {
    return byNetwork.values().stream()
        .flatMap(extractor -> Arrays.stream(Precision.values()).map(extractor::at))
        .flatMap(Optional::stream);
  }
}
