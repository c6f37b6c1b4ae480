package org.captionary.app.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.DataDirectory;
import org.captionary.app.WholeNumberKey;
import org.captionary.app.jobs.NodeRole;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.Network;
import org.captionary.inference.network.EngineChoice;
import org.captionary.inference.network.EngineSettings;
import org.captionary.inference.network.NetworkExtractor;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the networks with the configured weights behind their port. Weights are at hand, and their
 * hash known, before the service is ready: what a job is, and whether there is one like it, depends
 * on them. The networks themselves are loaded when a first photo comes.
 */
@ApplicationScoped
class ExtractorWiring {

  static final String ADDRESSES = "captionary.vgg16.weights-urls";

  static final String ENGINE = "captionary.inference.engine";
  static final String THREADS = "captionary.inference.threads";

  private static final WholeNumberKey THREADS_KEY =
      new WholeNumberKey(THREADS, 1, EngineSettings.MOST_THREADS);

  @Produces
  @Singleton
  Extractors extractors(
      Config config,
      NodeRole role,
      @ConfigProperty(name = ADDRESSES) List<String> addresses,
      @ConfigProperty(name = ENGINE) String engine,
      @ConfigProperty(name = THREADS) Optional<String> threads) {
    EngineSettings settings = settings(engine.strip(), threads.map(String::strip));
    Map<Network, FeatureExtractor> made = new EnumMap<>(Network.class);
    for (Network network : Network.values()) {
      made.put(
          network,
          role.prepares() ? extractor(network, config, addresses, settings) : new NoExtractor());
    }
    return new Extractors(made);
  }

  /** The key that names a network's weights. */
  static String weightsKey(Network network) {
    return "captionary." + network.id() + ".weights";
  }

  private static FeatureExtractor extractor(
      Network network, Config config, List<String> addresses, EngineSettings settings) {
    String weights = config.getValue(weightsKey(network), String.class).strip();
    if (weights.equals(ConfiguredWeights.UNTRAINED)) {
      return NetworkExtractor.untrained(network, settings);
    }
    Path folder = DataDirectory.open(config).resolve("weights");
    return new ConfiguredWeights(network, weights, addresses, folder).open(settings);
  }

  void close(@Disposes Extractors extractors) throws Exception {
    for (Network network : Network.values()) {
      if (extractors.find(network).orElse(null) instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  static EngineSettings settings(String engine, Optional<String> threads) {
    EngineChoice choice =
        EngineChoice.byId(engine)
            .orElseThrow(() -> new InvalidInputException(ENGINE, engine, EngineChoice.ids()));
    int count = threads.map(THREADS_KEY::read).orElseGet(EngineSettings::processors);
    return new EngineSettings(choice, count, Optional.empty());
  }
}
