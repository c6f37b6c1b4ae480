package org.captionary.app.jobs;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.captionary.domain.preparation.UnitOfWork;
import org.jboss.logging.Logger;

/**
 * Makes each duty be done when its trigger fires. Triggers fire on every node that prepares, and
 * the node that claims the fire time first schedules the duty in the same transaction: nothing is
 * lost if it dies thereafter, as another node then takes the execution over. A duty that is still
 * being done when its trigger fires again is not done a second time.
 */
@Singleton
class DutyClock {

  private static final Logger LOG = Logger.getLogger(DutyClock.class);

  /** Before all chunks of jobs, which are due from when their job was submitted. */
  private static final Instant FIRST = Instant.EPOCH;

  private final List<Duty> duties;
  private final DutyClaims claims;
  private final Scheduler triggers;
  private final ClusterScheduler executions;
  private final UnitOfWork unit;
  private final NodeRole role;

  DutyClock(
      @All List<Duty> duties,
      DutyClaims claims,
      Scheduler triggers,
      ClusterScheduler executions,
      UnitOfWork unit,
      NodeRole role) {
    this.duties = duties;
    this.claims = claims;
    this.triggers = triggers;
    this.executions = executions;
    this.unit = unit;
    this.role = role;
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      duties.forEach(this::start);
    }
  }

  /**
   * @throws IllegalArgumentException if the duty's setting is no cron expression
   */
  void start(Duty duty) {
    CronSetting when = duty.when();
    when.expression().ifPresent(expression -> start(duty.name(), when, expression));
  }

  private void start(String duty, CronSetting when, String expression) {
    try {
      triggers
          .newJob(duty)
          .setCron(expression)
          .setTask(execution -> tryToFire(duty, execution.getScheduledFireTime()))
          .schedule();
    } catch (IllegalArgumentException e) {
      throw when.refused(e);
    }
  }

  private void tryToFire(String duty, Instant fireTime) {
    try {
      fire(duty, fireTime);
    } catch (RuntimeException e) {
      // As while the database is away.
      LOG.warnf("Duty %s of %s is not begun here: %s", duty, fireTime, e.getMessage());
    }
  }

  /**
   * @return whether this node was the first to claim the fire time
   */
  boolean fire(String duty, Instant fireTime) {
    boolean claimed = unit.call(() -> claimAndSchedule(duty, fireTime));
    if (claimed) {
      executions.wake();
    }
    return claimed;
  }

  private boolean claimAndSchedule(String duty, Instant fireTime) {
    boolean claimed = claims.claim(duty, fireTime);
    if (claimed) {
      executions.schedule(DutyTask.execution(duty), FIRST);
    }
    return claimed;
  }
}
