package org.captionary.inference.network;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.UnavailableExtractorException;

/**
 * A network with its weights, by oneDNN or by deeplearning4j on ND4J. Layers are as Keras gives
 * them: channels last, fc1's inputs in order height, width, channel.
 *
 * <p>Nothing native loads before the first photo is extracted. The convolutions then take 0.2 to
 * 0.7 GiB; the dense layers another 0.5 GiB once fc1 or fc2 is asked for, and a call for one photo
 * costs there as much as one for eight.
 *
 * <p>Safe to call from several threads: one thread of its own computes, the callers wait.
 */
public final class NetworkExtractor implements FeatureExtractor, AutoCloseable {

  private static final Logger LOG = System.getLogger(NetworkExtractor.class.getName());

  private static final String MESSAGE = "features cannot be extracted: ";

  private final NetworkWeights weights;
  private final Precision precision;
  private final EngineSettings settings;
  private final ExecutorService engine =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, network().id());
            thread.setDaemon(true);
            return thread;
          });

  /** Made and used on the engine's thread. */
  private BatchedEngine loaded;

  /** The same at bfloat16, once asked for. */
  private NetworkExtractor other;

  private NetworkExtractor(NetworkWeights weights, EngineSettings settings) {
    this(weights, Precision.FLOAT32, settings);
  }

  private NetworkExtractor(NetworkWeights weights, Precision precision, EngineSettings settings) {
    this.weights = weights;
    this.precision = precision;
    this.settings = settings;
  }

  /** With weights that are computed, not learned: for trials, and for tests without a download. */
  public static NetworkExtractor untrained(Network network, EngineSettings settings) {
    return new NetworkExtractor(UntrainedWeights.of(Architecture.of(network)), settings);
  }

  /**
   * With the weights of a file: HDF5 of Keras or a zip of DL4J, told by its content. The first time
   * the whole file is read for its hash, some seconds for 550 MB; a zip is unpacked too.
   *
   * @param name what the weights are called
   * @param folder where hashes are kept and zips unpacked; made if missing
   * @throws UnusableWeightsException naming the file and what is wrong with it
   */
  public static NetworkExtractor withFile(
      Network network, String name, Path file, Path folder, EngineSettings settings) {
    Architecture architecture = Architecture.of(network);
    return new NetworkExtractor(FileWeights.open(architecture, name, file, folder), settings);
  }

  /**
   * Whether the file is, by size and time, one that {@link #withFile} has read before.
   *
   * @param folder as there
   */
  public static boolean isKnown(Path file, Path folder) {
    return new KeptHash(file, folder).get().isPresent();
  }

  /** The kinds of files that {@link #withFile} reads, for messages. */
  public static String fileKinds(Network network) {
    return Architecture.of(network).isVgg() ? ".h5 of Keras, .zip of DL4J" : ".h5 of Keras";
  }

  /** Without fc1 and fc2 if the weights were saved without them. */
  @Override
  public Set<FeatureLayer> layers() {
    return weights.layers().containsAll(weights.architecture().dense())
        ? network().layers()
        : EnumSet.of(FeatureLayer.BLOCK5_POOL, FeatureLayer.AVG);
  }

  @Override
  public ExtractorIdentity identity() {
    return new ExtractorIdentity(network().id(), weights.name(), weights.sha256(), precision.id());
  }

  /** {@link Precision#BFLOAT16} by oneDNN alone, on a processor that has it. */
  @Override
  public synchronized Optional<FeatureExtractor> at(Precision wanted) {
    if (wanted == precision) {
      return Optional.of(this);
    }
    if (other == null && Engines.computes(wanted, settings)) {
      other = new NetworkExtractor(weights, wanted, settings);
    }
    return Optional.ofNullable(other);
  }

  /**
   * @throws UnavailableExtractorException if the native engine cannot start or is slow for want of
   *     oneDNN, or if the weights' file is gone or was changed
   * @throws IllegalStateException if the extractor is closed, or if the calling thread is
   *     interrupted while it waits
   */
  @Override
  public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers: at least one is needed");
    }
    if (!layers().containsAll(layers)) {
      throw new IllegalArgumentException(
          "layers: %s are not all among %s".formatted(layers, layers()));
    }
    List<PhotoFeatures> features = new ArrayList<>(photos.size());
    for (int from = 0; from < photos.size(); from += BatchedEngine.BATCH) {
      int end = Math.min(from + BatchedEngine.BATCH, photos.size());
      List<Pixels> batch = photos.subList(from, end);
      features.addAll(compute(() -> loaded().extract(batch, layers)));
      LOG.log(Level.DEBUG, "extracted features of " + batch.size() + " photos");
    }
    return features;
  }

  /** Frees the native memory; no photo can be extracted afterwards. */
  @Override
  public synchronized void close() {
    if (other != null) {
      other.close();
    }
    if (!engine.isShutdown()) {
      compute(
          () -> {
            if (loaded != null) {
              loaded.close();
            }
            return null;
          });
      engine.shutdown();
    }
  }

  private Network network() {
    return weights.architecture().network();
  }

  private BatchedEngine loaded() {
    if (loaded == null) {
      loaded = new BatchedEngine(network(), opened());
    }
    return loaded;
  }

  private Engine opened() {
    try {
      return Engines.open(weights, precision, settings);
    } catch (RuntimeException | LinkageError e) {
      throw unavailable(e);
    }
  }

  private static UnavailableExtractorException unavailable(Throwable failure) {
    return new UnavailableExtractorException(MESSAGE + reason(failure), failure);
  }

  private <T> T compute(Callable<T> task) {
    if (engine.isShutdown()) {
      throw new IllegalStateException("the extractor is closed");
    }
    Future<T> result = engine.submit(task);
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while features were extracted", e);
    } catch (ExecutionException e) {
      throw told(e.getCause());
    }
  }

  private static IllegalStateException told(Throwable failure) {
    if (failure instanceof UnavailableExtractorException unavailable) {
      return unavailable;
    }
    // As of dense layers, which are read when first asked for.
    return failure instanceof UnusableWeightsException
        ? unavailable(failure)
        : new IllegalStateException(MESSAGE + reason(failure), failure);
  }

  /**
   * Of what says what is wrong with the weights, or of the first cause: what is wrapped around it
   * says only that something failed to load.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UnusableWeightsException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
