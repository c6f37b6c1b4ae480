package org.captionary.app.door;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when it is told to. */
final class ManualClock implements InstantSource {

  private Instant now = Instant.parse("2026-03-04T05:06:07Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }
}
