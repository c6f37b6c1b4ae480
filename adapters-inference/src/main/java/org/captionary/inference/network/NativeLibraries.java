package org.captionary.inference.network;

/**
 * Tells javacpp, which loads every native library here, how to; works before the first is loaded.
 */
final class NativeLibraries {

  private static final long GIB = 1L << 30;

  private NativeLibraries() {}

  /** Leaves alone what is set by hand. */
  static void configure(EngineSettings settings) {
    settings.nativeCache().ifPresent(cache -> propose("cachedir", cache.toString()));
    // Weights take 0.6 GiB and a batch 0.8 GiB; javacpp's own bounds grow with the Java heap.
    propose("maxbytes", Long.toString(4 * GIB));
    propose("maxphysicalbytes", Long.toString(Runtime.getRuntime().maxMemory() + 6 * GIB));
    // Else it writes to standard error what no log level keeps back.
    propose("logger", "slf4j");
  }

  private static void propose(String name, String value) {
    String property = "org.bytedeco.javacpp." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
