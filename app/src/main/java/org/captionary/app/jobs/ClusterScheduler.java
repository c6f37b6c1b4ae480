package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.captionary.app.WholeNumberKey;
import org.captionary.domain.InvalidInputException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Spreads executions of tasks over the nodes on a database, by db-scheduler: one node takes an
 * execution, and when it dies another, or itself once restarted, takes it over: when its sessions
 * have ended, which {@link DeadNodes} looks for, or after missed heartbeats. What every {@link
 * TaskSource} gives can be scheduled. A node that does not prepare schedules and runs nothing.
 *
 * <p>A node takes an execution when a thread is free for it, and not before: what waits is there
 * for the others. (Taking some ahead in one statement, as db-scheduler also can, takes more than
 * asked for when PostgreSQL plans it as a nested loop.) At {@link #POLLING}, and whenever a thread
 * becomes free while more was due than it saw, it looks.
 */
@Singleton
public final class ClusterScheduler {

  static final WholeNumberKey THREADS = new WholeNumberKey("captionary.jobs.threads", 1, 64);

  private static final Duration POLLING = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  private static final int MISSED_HEARTBEATS = 10;
  private static final Duration LONGEST_CHUNK = Duration.ofSeconds(30);

  /**
   * db-scheduler deletes what a node does not know how to run, if it has been due for long: here
   * another node may.
   */
  private static final Duration NEVER = Duration.ofDays(365_000);

  private final StopSignal stop;
  private final NodeRole role;
  private final int threads;
  private final Scheduler scheduler;

  /**
   * @throws InvalidInputException if there cannot be so many threads
   */
  ClusterScheduler(
      DataSource dataSource,
      @All List<TaskSource> sources,
      StopSignal stop,
      NodeRole role,
      NodeName name,
      SharedClock clock,
      @ConfigProperty(name = "captionary.jobs.threads") Optional<String> threads) {
    this.stop = stop;
    this.role = role;
    this.threads = threads.map(THREADS::read).orElseGet(ClusterScheduler::processors);
    this.scheduler =
        Scheduler.create(dataSource, tasks(sources))
            .schedulerName(new SchedulerName.Fixed(name.value()))
            .clock(clock)
            .threads(this.threads)
            .pollUsingFetch(0.99, 2.0)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_CHUNK)
            .deleteUnresolvedAfter(NEVER)
            .enablePriority()
            .build();
  }

  private static List<Task<?>> tasks(List<TaskSource> sources) {
    return sources.stream().<Task<?>>flatMap(source -> source.tasks().stream()).toList();
  }

  /** Two at least: a job waits for no other on a machine with one processor. */
  private static int processors() {
    return Math.min(THREADS.most(), Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** How many executions run here at once. */
  public int threads() {
    return threads;
  }

  /**
   * Schedules an execution, part of the transaction under way; one that is scheduled already is
   * left as it is.
   */
  public void schedule(TaskInstance<?> execution, Instant when) {
    scheduler.schedule(execution, when);
  }

  /** Looks at once for what is due, as after the commit of what was scheduled. */
  public void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Takes nothing for a while; what runs goes on. */
  void rest(Duration time) {
    scheduler.pause();
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
        .execute(scheduler::resume);
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
}
