package org.captionary.app.jobs;

import org.captionary.app.Durations;
import org.captionary.domain.InvalidInputException;

/**
 * A configuration key that says how often. Intervals divide a minute or an hour, so that all nodes
 * mean the same moments without asking each other.
 */
final class IntervalSetting {

  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  private final String key;
  private final String value;

  IntervalSetting(String key, String value) {
    this.key = key;
    this.value = value;
  }

  /**
   * As a cron expression of Quartz.
   *
   * @throws InvalidInputException if it is no such interval
   */
  String expression() {
    long seconds = seconds();
    if (seconds == HOUR) {
      return "0 0 * * * ?";
    }
    return seconds < MINUTE
        ? "0/" + seconds + " * * * * ?"
        : "0 0/" + seconds / MINUTE + " * * * ?";
  }

  private long seconds() {
    return Durations.read(value)
        .filter(interval -> interval.getNano() == 0 && divides(interval.getSeconds()))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    key, value, "1s to 1h that divide a minute or an hour, such as 30s or 5m"))
        .getSeconds();
  }

  private static boolean divides(long seconds) {
    return seconds > 0 && (MINUTE % seconds == 0 || (seconds % MINUTE == 0 && HOUR % seconds == 0));
  }
}
