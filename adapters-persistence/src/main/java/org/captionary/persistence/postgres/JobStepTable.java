package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;
import org.captionary.domain.preparation.StepProgress.OfNode;

/**
 * How far each step of a job is; a step that has not begun has no row. A step under way is added up
 * from its chunks.
 */
@ApplicationScoped
@Transactional
class JobStepTable {

  /** The phases whose chunks count, by the step. */
  private static final Map<StepName, String> COUNTING =
      Arrays.stream(Phase.values())
          .filter(Phase::counts)
          .collect(Collectors.toMap(Phase::step, Phase::name));

  private static final String WINDOW = StepProgress.WINDOW.toSeconds() + " seconds";

  private final Sql sql;

  JobStepTable(Sql sql) {
    this.sql = sql;
  }

  List<StepProgress> of(JobId job) {
    Map<StepName, StepProgress> begun = new HashMap<>();
    sql.list("SELECT * FROM job_step WHERE job_id = ?", Row::read, job.value())
        .forEach(row -> begun.put(row.step(), progress(job, row)));
    return Arrays.stream(StepName.values())
        .map(name -> begun.getOrDefault(name, StepProgress.waiting(name)))
        .toList();
  }

  private record Row(
      StepName step, long kept, long total, Instant startedAt, Optional<Instant> endedAt) {

    static Row read(ResultSet row) throws SQLException {
      return new Row(
          StepName.valueOf(row.getString("step")),
          row.getLong("kept"),
          row.getLong("total"),
          Columns.instant(row, "started_at").orElseThrow(),
          Columns.instant(row, "ended_at"));
    }
  }

  private StepProgress progress(JobId job, Row row) {
    return row.endedAt().isPresent() ? ended(job, row) : underWay(job, row);
  }

  private StepProgress ended(JobId job, Row row) {
    List<OfNode> nodes =
        sql.list(
            "SELECT node, done FROM job_step_node WHERE job_id = ? AND step = ? ORDER BY node",
            found -> new OfNode(found.getString(1), found.getLong(2), found.getLong(2)),
            job.value(),
            row.step().name());
    return new StepProgress(
        row.step(),
        row.total(),
        row.total(),
        Optional.of(row.startedAt()),
        row.endedAt(),
        Optional.of(row.startedAt()),
        row.total() - row.kept(),
        nodes);
  }

  private StepProgress underWay(JobId job, Row row) {
    Instant since = since(job, row);
    List<OfNode> nodes =
        sql.list(
            "SELECT node, sum(units), coalesce(sum(units) FILTER (WHERE done_at > ?), 0)"
                + " FROM job_chunk WHERE job_id = ? AND phase = ? AND done_at IS NOT NULL"
                + " GROUP BY node ORDER BY node COLLATE \"C\"",
            found -> new OfNode(found.getString(1), found.getLong(2), found.getLong(3)),
            since,
            job.value(),
            COUNTING.get(row.step()));
    return new StepProgress(
        row.step(),
        row.kept() + nodes.stream().mapToLong(OfNode::done).sum(),
        row.total(),
        Optional.of(row.startedAt()),
        Optional.empty(),
        Optional.of(since),
        nodes.stream().mapToLong(OfNode::doneSince).sum(),
        nodes);
  }

  private Instant since(JobId job, Row row) {
    return sql.first(
            "SELECT max(done_at) - ?::interval AS since FROM job_chunk"
                + " WHERE job_id = ? AND phase = ?",
            found -> Columns.instant(found, "since"),
            WINDOW,
            job.value(),
            COUNTING.get(row.step()))
        .flatMap(Function.identity())
        .filter(row.startedAt()::isBefore)
        .orElse(row.startedAt());
  }

  void started(JobId job, StepName step, long kept, long total, Instant now) {
    sql.update(
        "INSERT INTO job_step (job_id, step, kept, total, started_at)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (job_id, step) DO UPDATE SET"
            + " kept = excluded.kept, total = excluded.total, ended_at = NULL",
        job.value(),
        step.name(),
        kept,
        total,
        now);
  }

  void ended(JobId job, StepName step, Instant now) {
    sql.update(
        "INSERT INTO job_step_node (job_id, step, node, done)"
            + " SELECT job_id, ?, node, sum(units) FROM job_chunk"
            + " WHERE job_id = ? AND phase = ? AND done_at IS NOT NULL GROUP BY job_id, node"
            + " ON CONFLICT (job_id, step, node) DO UPDATE SET done = excluded.done",
        step.name(),
        job.value(),
        COUNTING.get(step));
    sql.update(
        "UPDATE job_step SET ended_at = ? WHERE job_id = ? AND step = ?",
        now,
        job.value(),
        step.name());
  }
}
