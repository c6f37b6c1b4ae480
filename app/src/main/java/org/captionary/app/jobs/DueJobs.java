package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Submits, by the clock, a job for each data set whose files changed. The key {@code
 * captionary.jobs.cron} is {@code off}, {@code nightly} (at 02:00) or a cron expression of Quartz
 * (seconds first). On several nodes the first one's job is everyone's: equal submissions are one.
 */
@Singleton
class DueJobs {

  private static final Logger LOG = Logger.getLogger(DueJobs.class);
  private static final String OFF = "off";
  private static final String NIGHTLY = "0 0 2 * * ?";

  private final DatasetRepository datasets;
  private final JobService jobs;
  private final Scheduler scheduler;
  private final String cron;
  private final NodeRole role;

  DueJobs(
      DatasetRepository datasets,
      JobService jobs,
      Scheduler scheduler,
      NodeRole role,
      @ConfigProperty(name = "captionary.jobs.cron") String cron) {
    this.datasets = datasets;
    this.jobs = jobs;
    this.scheduler = scheduler;
    this.role = role;
    this.cron = cron.strip();
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares() && !cron.equals(OFF)) {
      schedule(cron.equals("nightly") ? NIGHTLY : cron);
    }
  }

  private void schedule(String expression) {
    try {
      scheduler
          .newJob("due-jobs")
          .setCron(expression)
          .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
          .setTask(execution -> submit())
          .schedule();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "captionary.jobs.cron: %s is not allowed; allowed: off, nightly, or a Quartz cron expression (%s)"
              .formatted(cron, e.getMessage()),
          e);
    }
  }

  /** One data set's trouble is logged and holds up no other. */
  void submit() {
    for (Dataset dataset : datasets.all()) {
      try {
        jobs.submitIfDue(dataset)
            .ifPresent(job -> LOG.infof("Job %d: %s changed", job.id().value(), dataset.name()));
      } catch (InvalidInputException e) {
        LOG.warnf("Data set %s cannot be prepared: %s", dataset.name(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf(e, "Data set %s cannot be looked at", dataset.name());
      }
    }
  }
}
