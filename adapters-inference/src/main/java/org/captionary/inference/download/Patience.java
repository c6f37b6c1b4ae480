package org.captionary.inference.download;

import java.time.Duration;

/**
 * How long to wait, and how often to try.
 *
 * @param connect until a connection stands, and then until an answer begins
 * @param stall between two pieces of an answer
 * @param attempts in a row at one address that bring not a byte further, before the next is tried
 * @param pause before the second attempt; doubled before each further one
 */
record Patience(Duration connect, Duration stall, int attempts, Duration pause) {

  static final Patience USUAL =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), 5, Duration.ofSeconds(2));

  /**
   * @param failures so far, at least 1
   */
  Duration pauseAfter(int failures) {
    return pause.multipliedBy(1L << (failures - 1));
  }
}
