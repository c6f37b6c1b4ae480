package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.captionary.domain.preparation.Chunk;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobObserver;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.StepProgress;
import org.jboss.logging.Logger;

/** Says in the log what jobs do: a line a step, and a line a minute while one is under way. */
@Singleton
class JobLog implements JobObserver {

  private static final Logger LOG = Logger.getLogger(JobLog.class);
  private static final String INTERVAL = "60s";

  private final Instance<JobRepository> jobs;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final NodeRole role;

  JobLog(Instance<JobRepository> jobs, Scheduler scheduler, InstantSource clock, NodeRole role) {
    this.jobs = jobs;
    this.scheduler = scheduler;
    this.clock = clock;
    this.role = role;
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      scheduler
          .newJob("job-log")
          .setInterval(INTERVAL)
          .setDelayed(INTERVAL)
          .setTask(execution -> tellProgress())
          .schedule();
    }
  }

  void tellProgress() {
    Instant now = clock.instant();
    for (Job job : jobs.get().all()) {
      if (job.state() == JobState.RUNNING) {
        jobs.get().steps(job.id()).stream()
            .filter(step -> step.startedAt().isPresent() && step.endedAt().isEmpty())
            .forEach(step -> LOG.infof("Job %d: %s", job.id().value(), progress(step, now)));
      }
    }
  }

  /** Such as {@code features 1200/8091, 7.1/s, 16 min left (a 3.6/s, b 3.5/s)}. */
  static String progress(StepProgress step, Instant now) {
    String nodes =
        step.nodes().stream()
            .map(node -> node.node() + rate(" ", step.rate(node, now)))
            .collect(Collectors.joining(", "));
    return "%s %d/%d%s%s%s"
        .formatted(
            step.name().id(),
            step.done(),
            step.total(),
            rate(", ", step.rate(now)),
            left(step.etaSeconds(now)),
            nodes.isEmpty() ? "" : " (" + nodes + ")");
  }

  private static String rate(String before, OptionalDouble rate) {
    return rate.isEmpty() ? "" : before + number(rate.getAsDouble()) + "/s";
  }

  private static String left(OptionalDouble seconds) {
    return seconds.isEmpty() ? "" : ", " + time(seconds.getAsDouble()) + " left";
  }

  private static String time(double seconds) {
    return seconds < 120
        ? Math.round(seconds) + " s"
        : seconds < 7_200 ? Math.round(seconds / 60) + " min" : number(seconds / 3_600) + " h";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  @Override
  public void chunkDone(Job job, Chunk chunk, long units, Duration took) {
    LOG.debugf("%s: %d done in %s", chunk.id(), units, took);
  }

  @Override
  public void chunkFailed(Job job, ChunkFailure failure, int failures) {
    LOG.warnf("%s failed, attempt %d: %s", failure.chunk(), failures, failure.cause());
  }

  @Override
  public void rejected(List<RejectedInput> inputs) {
    // They are kept in the database, with their reasons.
  }

  @Override
  public void stepEnded(Job job, StepProgress step) {
    Duration took = Duration.between(step.startedAt().orElseThrow(), step.endedAt().orElseThrow());
    LOG.infof(
        "Job %d: %s %d in %s",
        job.id().value(), step.name().id(), step.total(), number(took.toMillis() / 1e3) + " s");
  }

  @Override
  public void jobEnded(Job job) {
    LOG.infof(
        "Job %d %s%s",
        job.id().value(),
        job.state(),
        job.error()
            .or(() -> job.preparation().map(id -> "preparation " + id))
            .map(more -> ": " + more)
            .orElse(""));
  }
}
