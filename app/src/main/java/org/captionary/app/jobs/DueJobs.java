package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.util.Map;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Submits, by the clock, a job for each data set whose files changed. The key {@code
 * captionary.jobs.cron} is {@code off}, {@code nightly} (at 02:00) or a cron expression.
 */
@Singleton
class DueJobs implements Duty {

  private static final Logger LOG = Logger.getLogger(DueJobs.class);
  private static final String KEY = "captionary.jobs.cron";
  private static final Map<String, String> WORDS = Map.of("nightly", "0 0 2 * * ?");

  private final DatasetRepository datasets;
  private final JobService jobs;
  private final CronSetting when;

  DueJobs(DatasetRepository datasets, JobService jobs, @ConfigProperty(name = KEY) String cron) {
    this.datasets = datasets;
    this.jobs = jobs;
    this.when = new CronSetting(KEY, cron, WORDS);
  }

  @Override
  public String name() {
    return "due-jobs";
  }

  @Override
  public CronSetting when() {
    return when;
  }

  /** One data set's trouble is logged and holds up no other. */
  @Override
  public void run() {
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
