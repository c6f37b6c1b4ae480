package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A duty that says that it is done, after failing as often as it is told to. */
@Singleton
class ProbeDuty implements Duty {

  static final String NAME = "probe-duty";

  final AtomicInteger failures = new AtomicInteger();
  private final Semaphore done = new Semaphore(0);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CronSetting when() {
    return new CronSetting("captionary.probe", "off", Map.of());
  }

  @Override
  public void run() {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("as told");
    }
    done.release();
  }

  void awaitDone() throws InterruptedException {
    done.acquire();
  }

  int done() {
    return done.availablePermits();
  }
}
