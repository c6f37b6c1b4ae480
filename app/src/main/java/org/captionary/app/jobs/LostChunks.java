package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.captionary.domain.preparation.ChunkRunner;
import org.jboss.logging.Logger;

/** Looks now and then for what jobs wait for although no node has it in hand. */
@Singleton
class LostChunks {

  private static final Logger LOG = Logger.getLogger(LostChunks.class);
  private static final String INTERVAL = "30s";

  private final Instance<ChunkRunner> runner;
  private final Scheduler scheduler;
  private final NodeRole role;

  LostChunks(Instance<ChunkRunner> runner, Scheduler scheduler, NodeRole role) {
    this.runner = runner;
    this.scheduler = scheduler;
    this.role = role;
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      scheduler
          .newJob("lost-chunks")
          .setInterval(INTERVAL)
          .setDelayed(INTERVAL)
          .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
          .setTask(execution -> look())
          .schedule();
    }
  }

  private void look() {
    try {
      runner.get().reconcile();
    } catch (RuntimeException e) {
      LOG.warnf("Jobs cannot be looked at: %s", e.getMessage());
    }
  }
}
