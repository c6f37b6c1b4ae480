package org.captionary.app.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.captionary.app.DataDirectory;
import org.captionary.app.WholeNumberKey;
import org.captionary.app.jobs.NodeRole;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.inference.download.Download;
import org.captionary.inference.download.DownloadException;
import org.captionary.inference.vgg16.EngineChoice;
import org.captionary.inference.vgg16.EngineSettings;
import org.captionary.inference.vgg16.UnusableWeightsException;
import org.captionary.inference.vgg16.Vgg16FeatureExtractor;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts VGG16 with the configured weights behind its port. Weights are at hand, and their hash
 * known, before the service is ready: what a job is, and whether there is one like it, depends on
 * them.
 */
@ApplicationScoped
class ExtractorWiring {

  static final String WEIGHTS = "captionary.vgg16.weights";
  static final String ADDRESSES = "captionary.vgg16.weights-urls";

  static final String ENGINE = "captionary.inference.engine";
  static final String THREADS = "captionary.inference.threads";

  private static final WholeNumberKey THREADS_KEY =
      new WholeNumberKey(THREADS, 1, EngineSettings.MOST_THREADS);

  private static final String UNTRAINED = "untrained";
  private static final String IMAGENET = "imagenet";

  @Produces
  @Singleton
  FeatureExtractor extractor(
      Config config,
      NodeRole role,
      @ConfigProperty(name = WEIGHTS) String weights,
      @ConfigProperty(name = ADDRESSES) List<String> addresses,
      @ConfigProperty(name = ENGINE) String engine,
      @ConfigProperty(name = THREADS) Optional<String> threads) {
    EngineSettings settings = settings(engine.strip(), threads.map(String::strip));
    if (!role.prepares()) {
      return new NoExtractor();
    }
    if (weights.strip().equals(UNTRAINED)) {
      return Vgg16FeatureExtractor.untrained(settings);
    }
    Path folder = DataDirectory.open(config).resolve("weights");
    return withFile(weights.strip(), addresses, folder, settings);
  }

  void close(@Disposes FeatureExtractor extractor) throws Exception {
    if (extractor instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  static EngineSettings settings(String engine, Optional<String> threads) {
    EngineChoice choice =
        EngineChoice.byId(engine)
            .orElseThrow(() -> new InvalidInputException(ENGINE, engine, EngineChoice.ids()));
    int count = threads.map(THREADS_KEY::read).orElseGet(EngineSettings::processors);
    return new EngineSettings(choice, count, Optional.empty());
  }

  /**
   * @param folder that weights are downloaded into
   */
  static Vgg16FeatureExtractor withFile(
      String weights, List<String> addresses, Path folder, EngineSettings settings) {
    try {
      Path file = weights.equals(IMAGENET) ? imagenet(addresses, folder) : path(weights);
      String name = weights.equals(IMAGENET) ? IMAGENET : file.getFileName().toString();
      return Vgg16FeatureExtractor.withFile(name, file, folder, settings);
    } catch (DownloadException e) {
      throw refused(weights, e.getMessage());
    } catch (UnusableWeightsException e) {
      throw refused(weights, e.getMessage());
    }
  }

  private static Path imagenet(List<String> addresses, Path folder) throws DownloadException {
    Download download = Download.into(folder, ADDRESSES, addresses);
    Thread starter = Thread.currentThread();
    Thread stop = new Thread(starter::interrupt, "stop-download");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return download.fetch(file -> Vgg16FeatureExtractor.isKnown(file, folder));
    } catch (InterruptedException e) {
      throw refused(IMAGENET, "the download was stopped; the next start goes on with it");
    } finally {
      remove(stop);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It has run: the process stops.
      Thread.interrupted();
    }
  }

  private static Path path(String weights) {
    try {
      Path file = Path.of(weights);
      if (file.getFileName() != null) {
        return file.toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw refused(weights, "it is no path of a file");
  }

  private static IllegalArgumentException refused(String weights, String why) {
    return new IllegalArgumentException(
        "%s: %s cannot be used: %s; allowed: %s, %s, or the path of a file (.h5 of Keras, .zip of DL4J)"
            .formatted(WEIGHTS, weights, why, UNTRAINED, IMAGENET));
  }
}
