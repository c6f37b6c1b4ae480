package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Housekeeping in tests is done when they say so: what it takes away some of them count. */
@Singleton
class PausedHousekeeping {

  static final List<String> DUTIES = List.of("lost-chunks", "clean-up");

  private static final int LAST = 9_000;

  void pause(@Observes @Priority(LAST) StartupEvent event, Scheduler triggers) {
    DUTIES.forEach(triggers::pause);
  }
}
