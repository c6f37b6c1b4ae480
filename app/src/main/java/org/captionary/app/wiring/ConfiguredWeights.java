package org.captionary.app.wiring;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.photo.Network;
import org.captionary.inference.download.Download;
import org.captionary.inference.download.DownloadException;
import org.captionary.inference.network.EngineSettings;
import org.captionary.inference.network.NetworkExtractor;
import org.captionary.inference.network.UnusableWeightsException;

/**
 * A network's weights as they are configured, other than {@value #UNTRAINED}.
 *
 * @param value of the network's key
 * @param addresses that VGG16's {@value #IMAGENET} is downloaded from
 * @param folder that weights are downloaded into
 */
record ConfiguredWeights(Network network, String value, List<String> addresses, Path folder) {

  static final String UNTRAINED = "untrained";

  private static final String IMAGENET = "imagenet";

  /**
   * @throws IllegalArgumentException naming the key, the value, what is wrong and what is allowed
   */
  NetworkExtractor open(EngineSettings settings) {
    try {
      Path file = isImagenet() ? imagenet() : path();
      String name = isImagenet() ? IMAGENET : file.getFileName().toString();
      return NetworkExtractor.withFile(network, name, file, folder, settings);
    } catch (DownloadException e) {
      throw refused(e.getMessage());
    } catch (UnusableWeightsException e) {
      throw refused(e.getMessage());
    }
  }

  /** Of the others no published file is known by its checksum. */
  private boolean isImagenet() {
    return network == Network.VGG16 && value.equals(IMAGENET);
  }

  private Path imagenet() throws DownloadException {
    Download download = Download.into(folder, ExtractorWiring.ADDRESSES, addresses);
    Thread starter = Thread.currentThread();
    Thread stop = new Thread(starter::interrupt, "stop-download");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return download.fetch(file -> NetworkExtractor.isKnown(file, folder));
    } catch (InterruptedException e) {
      throw refused("the download was stopped; the next start goes on with it");
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

  private Path path() {
    try {
      Path file = Path.of(value);
      if (file.getFileName() != null) {
        return file.toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw refused("it is no path of a file");
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "%s: %s cannot be used: %s; allowed: %s, %sor the path of a file (%s)"
            .formatted(
                ExtractorWiring.weightsKey(network),
                value,
                why,
                UNTRAINED,
                network == Network.VGG16 ? IMAGENET + ", " : "",
                NetworkExtractor.fileKinds(network)));
  }
}
