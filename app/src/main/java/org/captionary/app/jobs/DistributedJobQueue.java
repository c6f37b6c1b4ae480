package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobInterruptedException;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobRunner;
import org.jboss.logging.Logger;

/**
 * Runs jobs by db-scheduler: one node of those on a database takes a job, and when it dies another,
 * or itself once restarted, takes it over after missed heartbeats.
 */
@Singleton
class DistributedJobQueue implements JobQueue {

  private static final Logger LOG = Logger.getLogger(DistributedJobQueue.class);
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration LONGEST_CHUNK = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;

  private final Instance<JobRunner> runner;
  private final StopSignal stop;
  private final NodeRole role;
  private final CustomTask<Void> task;
  private final Scheduler scheduler;

  DistributedJobQueue(
      DataSource dataSource, Instance<JobRunner> runner, StopSignal stop, NodeRole role) {
    this.role = role;
    this.runner = runner;
    this.stop = stop;
    this.task =
        Tasks.custom("prepare", Void.class)
            .onFailure(this::retryOrFail)
            .onDeadExecutionRevive()
            .execute((instance, context) -> run(instance));
    this.scheduler =
        Scheduler.create(dataSource, task)
            .threads(1)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_CHUNK)
            .build();
  }

  @Override
  public void enqueue(JobId job) {
    scheduler.schedule(task.instance(String.valueOf(job.value())), Instant.now());
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      scheduler.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stop.give();
    scheduler.stop();
  }

  private CompletionHandler<Void> run(TaskInstance<Void> instance) {
    JobId job = jobOf(instance);
    LOG.infof("Job %d runs", job.value());
    try {
      runner.get().run(job);
      LOG.infof("Job %d has ended", job.value());
      return new CompletionHandler.OnCompleteRemove<>();
    } catch (JobInterruptedException e) {
      LOG.infof("Job %d is interrupted: %s", job.value(), e.getMessage());
      return (complete, operations) -> operations.reschedule(complete, Instant.now());
    }
  }

  /** What may pass by itself is tried again, each time after twice as long. */
  private void retryOrFail(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    JobId job = jobOf(complete.getExecution().taskInstance);
    Throwable cause = complete.getCause().orElseThrow();
    int failures = complete.getExecution().consecutiveFailures + 1;
    LOG.errorf(cause, "Job %d failed, attempt %d of %d", job.value(), failures, ATTEMPTS);
    if (failures < ATTEMPTS) {
      Duration pause = Duration.ofSeconds(1L << failures);
      operations.reschedule(complete, complete.getTimeDone().plus(pause));
    } else {
      runner.get().fail(job, "gave up after %d attempts: %s".formatted(failures, cause));
      operations.remove();
    }
  }

  private static JobId jobOf(TaskInstance<?> instance) {
    return new JobId(Long.parseLong(instance.getId()));
  }
}
