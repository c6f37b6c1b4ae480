package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.ChangeWatch;
import org.captionary.domain.preparation.DatasetRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Looks at the files of all data sets when {@code captionary.jobs.cron} is {@code on-change}, each
 * {@code captionary.jobs.look-every}.
 */
@Singleton
class ChangedFiles implements Duty {

  static final String INTERVAL = "captionary.jobs.look-every";

  private final ChangeWatch watch;
  private final DatasetRound round;
  private final CronSetting when;

  /**
   * @throws InvalidInputException if the interval is none
   */
  ChangedFiles(
      ChangeWatch watch,
      DatasetRepository datasets,
      @ConfigProperty(name = DueJobs.KEY) String cron,
      @ConfigProperty(name = INTERVAL) String interval) {
    this.watch = watch;
    this.round = new DatasetRound(datasets);
    String expression = new IntervalSetting(INTERVAL, interval).expression();
    this.when =
        CronSetting.fixed(cron.strip().equals(DueJobs.ON_CHANGE) ? expression : CronSetting.OFF);
  }

  @Override
  public String name() {
    return "changed-files";
  }

  @Override
  public CronSetting when() {
    return when;
  }

  @Override
  public void run() {
    round.go(watch::look);
  }
}
