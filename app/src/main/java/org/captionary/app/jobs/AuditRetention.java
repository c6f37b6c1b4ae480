package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.captionary.app.Durations;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.access.AuditRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes entries out of the audit log that are older than {@code captionary.audit.keep}. */
@Singleton
class AuditRetention implements Duty {

  static final String KEEP = "captionary.audit.keep";

  private static final CronSetting HOURLY = CronSetting.fixed("0 7 * * * ?");
  private static final Duration LEAST = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(36_500);
  private static final int AT_ONCE = 10_000;

  private final AuditRepository audit;
  private final InstantSource clock;
  private final StopSignal stop;
  private final Duration keep;

  /**
   * @throws InvalidInputException if it cannot be kept for so long
   */
  AuditRetention(
      AuditRepository audit,
      InstantSource clock,
      StopSignal stop,
      @ConfigProperty(name = KEEP) String keep) {
    this.audit = audit;
    this.clock = clock;
    this.stop = stop;
    this.keep =
        Durations.read(keep)
            .filter(time -> time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0)
            .orElseThrow(() -> new InvalidInputException(KEEP, keep, "1d to 36500d, such as 365d"));
  }

  @Override
  public String name() {
    return "audit-retention";
  }

  @Override
  public CronSetting when() {
    return HOURLY;
  }

  @Override
  public void run() {
    while (!stop.isGiven() && audit.forget(clock.instant().minus(keep), AT_ONCE) == AT_ONCE) {
      // There may be more.
    }
  }
}
