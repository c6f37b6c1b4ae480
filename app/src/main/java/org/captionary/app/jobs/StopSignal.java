package org.captionary.app.jobs;

import jakarta.inject.Singleton;

/** Tells work under way that the process is to stop. */
@Singleton
public class StopSignal {

  private volatile boolean given;

  void give() {
    given = true;
  }

  public boolean isGiven() {
    return given;
  }
}
