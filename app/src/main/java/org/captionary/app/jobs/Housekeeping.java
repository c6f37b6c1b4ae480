package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.captionary.domain.preparation.ChunkRunner;
import org.captionary.domain.preparation.CleanUp;
import org.jboss.logging.Logger;

/**
 * Looks now and then for what jobs wait for although no node has it in hand, and takes away what
 * deletions left. Both do no harm on several nodes at once.
 */
@Singleton
class Housekeeping {

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final String INTERVAL = "30s";

  private final Instance<ChunkRunner> runner;
  private final Instance<CleanUp> cleanUp;
  private final StopSignal stop;
  private final Scheduler scheduler;
  private final NodeRole role;

  Housekeeping(
      Instance<ChunkRunner> runner,
      Instance<CleanUp> cleanUp,
      StopSignal stop,
      Scheduler scheduler,
      NodeRole role) {
    this.runner = runner;
    this.cleanUp = cleanUp;
    this.stop = stop;
    this.scheduler = scheduler;
    this.role = role;
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      schedule("lost-chunks", () -> runner.get().reconcile());
      schedule("clean-up", () -> cleanUp.get().run(stop::isGiven));
    }
  }

  private void schedule(String name, Runnable work) {
    scheduler
        .newJob(name)
        .setInterval(INTERVAL)
        .setDelayed(INTERVAL)
        .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
        .setTask(execution -> run(name, work))
        .schedule();
  }

  private static void run(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warnf("%s has to wait: %s", name, e.getMessage());
    }
  }
}
