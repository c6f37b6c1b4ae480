package org.captionary.app.audit;

import java.time.Duration;
import java.time.Instant;

/** How many refusals are noted: a trainer must not be able to fill the database. */
final class Refusals {

  static final int A_MINUTE = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant from = Instant.MIN;
  private int noted;

  synchronized boolean mayBeNoted(Instant now) {
    if (from.isBefore(now.minus(MINUTE))) {
      from = now;
      noted = 0;
    }
    noted++;
    return noted <= A_MINUTE;
  }
}
