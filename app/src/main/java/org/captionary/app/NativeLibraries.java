package org.captionary.app;

/**
 * System properties that native libraries read when they load, set before any of their classes are
 * touched, so that a bare {@code java -jar} needs no flags. A value given on the command line
 * stays.
 */
final class NativeLibraries {

  private NativeLibraries() {}

  /** Each property that a native library needs: one line each. */
  static void configure() {
    // ImageIO must not look for a display.
    setDefault("java.awt.headless", "true");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
