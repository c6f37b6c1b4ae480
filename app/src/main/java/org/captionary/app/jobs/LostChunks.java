package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import org.captionary.domain.preparation.ChunkRunner;

/**
 * Finds what jobs wait for although no node has it in hand, as after two faults at once. A node
 * that dies is not waited for so long: what it had in hand is revived by db-scheduler, on every
 * node.
 */
@Singleton
class LostChunks implements Duty {

  private static final CronSetting EVERY_30_S = CronSetting.fixed("0/30 * * * * ?");

  private final ChunkRunner runner;

  LostChunks(ChunkRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "lost-chunks";
  }

  @Override
  public CronSetting when() {
    return EVERY_30_S;
  }

  @Override
  public void run() {
    runner.reconcile();
  }
}
