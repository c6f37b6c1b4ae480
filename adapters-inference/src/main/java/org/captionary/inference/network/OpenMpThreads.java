package org.captionary.inference.network;

import org.bytedeco.javacpp.Loader;

/**
 * How many threads share a layer in oneDNN. It asks OpenMP, and offers no call to set that number;
 * ND4J's library, on the same OpenMP, does.
 */
final class OpenMpThreads {

  private OpenMpThreads() {}

  /** For the calling thread; ND4J is loaded only if OpenMP's own number is another. */
  static void set(EngineSettings settings) {
    if (settings.threads() != Loader.totalProcessors()
        || System.getenv("OMP_NUM_THREADS") != null) {
      NativeEngine.ready(settings);
    }
  }
}
