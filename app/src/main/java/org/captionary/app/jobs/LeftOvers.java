package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.captionary.domain.preparation.CleanUp;

/**
 * Takes away what deletions and cancelled jobs left, for half of the time at most: it has a thread
 * of those that run chunks, and where there is only one, a dead node's chunk waits for it.
 */
@Singleton
class LeftOvers implements Duty {

  private static final CronSetting EVERY_10_S = CronSetting.fixed("0/10 * * * * ?");
  private static final long LONGEST = Duration.ofSeconds(5).toNanos();

  private final CleanUp cleanUp;
  private final StopSignal stop;

  LeftOvers(CleanUp cleanUp, StopSignal stop) {
    this.cleanUp = cleanUp;
    this.stop = stop;
  }

  @Override
  public String name() {
    return "clean-up";
  }

  @Override
  public CronSetting when() {
    return EVERY_10_S;
  }

  @Override
  public void run() {
    long began = System.nanoTime();
    cleanUp.run(() -> stop.isGiven() || System.nanoTime() - began > LONGEST);
  }
}
