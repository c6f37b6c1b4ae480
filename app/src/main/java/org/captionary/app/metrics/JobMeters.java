package org.captionary.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.captionary.domain.preparation.Chunk;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobObserver;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.StepProgress;

/** Counts what jobs do on this node; the queue is that of all nodes. */
@Singleton
final class JobMeters implements JobObserver {

  private static final String PHASE = "phase";

  /** Whatever comes beyond so many kinds is counted as one. */
  private static final int MOST_REASONS = 40;

  private static final String WAITING =
      "SELECT count(*) FROM scheduled_tasks WHERE NOT picked AND execution_time <= now()";

  private final DataSource dataSource;
  private final Counter extracted;
  private final MeterProvider<Counter> rejected;
  private final MeterProvider<Counter> failures;
  private final MeterProvider<Counter> ended;
  private final MeterProvider<Timer> chunks;
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();

  JobMeters(MeterRegistry registry, DataSource dataSource) {
    this.dataSource = dataSource;
    extracted =
        Counter.builder("captionary.photos.extracted")
            .description("Photos whose features this node has extracted and committed")
            .register(registry);
    rejected =
        Counter.builder("captionary.inputs.rejected")
            .description(
                "Inputs that this node has put aside, by kind and by how the reason begins")
            .withRegistry(registry);
    failures =
        Counter.builder("captionary.chunk.failures")
            .description("Attempts at parts of jobs that failed on this node and are tried again")
            .withRegistry(registry);
    ended =
        Counter.builder("captionary.jobs.ended")
            .description("Jobs that ended on this node, by state")
            .withRegistry(registry);
    chunks =
        Timer.builder("captionary.chunk.duration")
            .description("Time that this node took for parts of jobs, from taking to committing")
            .withRegistry(registry);
    Gauge.builder("captionary.queue.depth", this, JobMeters::waiting)
        .description("Parts of jobs that wait for a node, over all nodes")
        .register(registry);
  }

  /** Not a number while the database is away. */
  private double waiting() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(WAITING)) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      return Double.NaN;
    }
  }

  @Override
  public void chunkDone(Job job, Chunk chunk, long units, Duration took) {
    chunks.withTag(PHASE, name(chunk.id().phase())).record(took);
    if (chunk.id().phase() == Phase.EXTRACT) {
      extracted.increment(units);
    }
  }

  @Override
  public void chunkFailed(Job job, ChunkFailure failure, int count) {
    failures.withTag(PHASE, name(failure.chunk().phase())).increment();
  }

  private static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void rejected(List<RejectedInput> inputs) {
    inputs.forEach(
        input ->
            rejected
                .withTags(
                    "kind",
                    input.kind().name().toLowerCase(Locale.ROOT),
                    "reason",
                    reason(input.beginning()))
                .increment());
  }

  private String reason(String beginning) {
    if (reasons.size() < MOST_REASONS) {
      reasons.add(beginning);
    }
    return reasons.contains(beginning) ? beginning : "other";
  }

  @Override
  public void stepEnded(Job job, StepProgress step) {
    // Its chunks were counted.
  }

  @Override
  public void jobEnded(Job job) {
    ended.withTag("state", job.state().name().toLowerCase(Locale.ROOT)).increment();
  }
}
