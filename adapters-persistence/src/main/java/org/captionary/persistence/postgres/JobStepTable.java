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
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;

/** How far each step of a job is; a step that has not begun has no row. */
@ApplicationScoped
@Transactional
class JobStepTable {

  private final Sql sql;

  JobStepTable(Sql sql) {
    this.sql = sql;
  }

  List<StepProgress> of(JobId job) {
    Map<StepName, StepProgress> begun = new HashMap<>();
    sql.forEach(
        "SELECT * FROM job_step WHERE job_id = ?",
        JobStepTable::read,
        step -> begun.put(step.name(), step),
        job.value());
    return Arrays.stream(StepName.values())
        .map(name -> begun.getOrDefault(name, StepProgress.waiting(name)))
        .toList();
  }

  void started(JobId job, StepName step, long done, long total, Instant now) {
    sql.update(
        "INSERT INTO job_step"
            + " (job_id, step, done, total, started_at, resumed_at, resumed_done)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, step) DO UPDATE SET"
            + " done = excluded.done, total = excluded.total, ended_at = NULL,"
            + " resumed_at = excluded.resumed_at, resumed_done = excluded.resumed_done",
        job.value(),
        step.name(),
        done,
        total,
        now,
        now,
        done);
  }

  void advanced(JobId job, StepName step, long done) {
    sql.update(
        "UPDATE job_step SET done = ? WHERE job_id = ? AND step = ?",
        done,
        job.value(),
        step.name());
  }

  void ended(JobId job, StepName step, Instant now) {
    sql.update(
        "UPDATE job_step SET ended_at = ?, done = total WHERE job_id = ? AND step = ?",
        now,
        job.value(),
        step.name());
  }

  private static StepProgress read(ResultSet row) throws SQLException {
    return new StepProgress(
        StepName.valueOf(row.getString("step")),
        row.getLong("done"),
        row.getLong("total"),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "ended_at"),
        Columns.instant(row, "resumed_at"),
        row.getLong("resumed_done"));
  }
}
