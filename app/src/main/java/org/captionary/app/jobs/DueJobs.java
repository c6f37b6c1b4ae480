package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.util.Map;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Submits, by the clock, a job for each data set whose files changed. The key {@code
 * captionary.jobs.cron} is {@code off}, {@code nightly} (at 02:00), a cron expression, or {@code
 * on-change}, of which {@link ChangedFiles} takes care.
 */
@Singleton
class DueJobs implements Duty {

  static final String KEY = "captionary.jobs.cron";
  static final String ON_CHANGE = "on-change";

  private static final Map<String, String> WORDS =
      Map.of("nightly", "0 0 2 * * ?", ON_CHANGE, CronSetting.OFF);

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

  @Override
  public void run() {
    new DatasetRound(datasets).go(jobs::submitIfDue);
  }
}
