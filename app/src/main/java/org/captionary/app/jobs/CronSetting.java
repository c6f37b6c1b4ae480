package org.captionary.app.jobs;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A configuration key that says when: {@code off}, one of some words, or a cron expression of
 * Quartz (seconds first).
 *
 * @param key as in {@code application.properties}
 * @param value as configured
 * @param words to their expressions, or to {@code off}
 */
record CronSetting(String key, String value, Map<String, String> words) {

  static final String OFF = "off";

  CronSetting {
    words = new TreeMap<>(words);
    value = value.strip();
  }

  /** Of what cannot be configured. */
  static CronSetting fixed(String expression) {
    return new CronSetting("", expression, Map.of());
  }

  /** Empty for never. */
  Optional<String> expression() {
    return Optional.of(words.getOrDefault(value, value)).filter(when -> !when.equals(OFF));
  }

  IllegalArgumentException refused(IllegalArgumentException why) {
    return new IllegalArgumentException(
        "%s: %s is not allowed; allowed: %s, %s, or a Quartz cron expression (%s)"
            .formatted(key, value, OFF, String.join(", ", words.keySet()), why.getMessage()),
        why);
  }
}
