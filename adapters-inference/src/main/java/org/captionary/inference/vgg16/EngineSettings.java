package org.captionary.inference.vgg16;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the native engine runs. One process has one engine: the first extractor that works decides.
 *
 * @param threads that share one convolution, at least 1
 * @param nativeCache a folder, made if missing, into which native libraries (about 400 MB) are
 *     unpacked at the first start; empty for {@code ~/.javacpp/cache}
 */
public record EngineSettings(int threads, Optional<Path> nativeCache) {

  public EngineSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is at least 1: " + threads);
    }
  }

  /** All of the machine's processors, the default cache. */
  public static EngineSettings defaults() {
    return new EngineSettings(Runtime.getRuntime().availableProcessors(), Optional.empty());
  }
}
