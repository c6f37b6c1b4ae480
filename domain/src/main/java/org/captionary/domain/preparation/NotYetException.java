package org.captionary.domain.preparation;

import java.time.Duration;

/** A chunk cannot be done now, or not here, and that is no fault. */
final class NotYetException extends RuntimeException {

  private final Duration pause;

  NotYetException(String reason, Duration pause) {
    super(reason);
    this.pause = pause;
  }

  /** When to look again. */
  Duration pause() {
    return pause;
  }
}
