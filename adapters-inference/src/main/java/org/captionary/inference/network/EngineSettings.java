package org.captionary.inference.network;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How features are computed. The native libraries are set up once in a process: what the first
 * extractor that works says of the cache holds.
 *
 * @param engine the library
 * @param threads that share one layer, 1 to {@value #MOST_THREADS}
 * @param nativeCache a folder, made if missing, into which native libraries (about 500 MB) are
 *     unpacked at the first start; empty for {@code ~/.javacpp/cache}
 */
public record EngineSettings(EngineChoice engine, int threads, Optional<Path> nativeCache) {

  /** OpenMP ends the process if it cannot start one. */
  public static final int MOST_THREADS = 1024;

  public EngineSettings {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException("threads is 1 to " + MOST_THREADS + ": " + threads);
    }
  }

  /** The fastest engine, all of the machine's processors, the default cache. */
  public static EngineSettings defaults() {
    return of(EngineChoice.AUTO);
  }

  /** On all of the machine's processors, with the default cache. */
  public static EngineSettings of(EngineChoice engine) {
    return new EngineSettings(engine, processors(), Optional.empty());
  }

  public static int processors() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }
}
