package org.captionary.app;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;

/**
 * Durations in configuration keys, as Quarkus writes them: {@code 20s}, {@code 500ms}, {@code
 * PT5M}.
 */
public final class Durations {

  private Durations() {}

  /** Empty if the value is none. */
  public static Optional<Duration> read(String value) {
    try {
      return Optional.ofNullable(DurationConverter.parseDuration(value.strip()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
