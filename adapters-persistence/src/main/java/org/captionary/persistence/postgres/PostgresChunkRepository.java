package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.Chunk;
import org.captionary.domain.preparation.ChunkFailure;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Phase;

@ApplicationScoped
@Transactional
class PostgresChunkRepository implements ChunkRepository {

  private static final String OF_PHASE = " WHERE job_id = ? AND phase = ?";
  private static final String ONE = OF_PHASE + " AND number = ?";

  private final Sql sql;

  PostgresChunkRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void plan(JobId job, Phase phase, List<List<String>> arguments) {
    sql.update("DELETE FROM job_chunk" + OF_PHASE, job.value(), phase.name());
    sql.copy(
        "job_chunk (job_id, phase, number, arguments)",
        copy -> {
          for (int number = 0; number < arguments.size(); number++) {
            copy.row(job.value(), phase.name(), number, strings(arguments.get(number)));
          }
        });
  }

  @Override
  public List<ChunkId> open(JobId job, Phase phase) {
    return sql.list(
        "SELECT number FROM job_chunk" + OF_PHASE + " AND done_at IS NULL ORDER BY number",
        row -> new ChunkId(job, phase, row.getInt(1)),
        job.value(),
        phase.name());
  }

  @Override
  public boolean hasOpen(JobId job, Phase phase) {
    return sql.first(
            "SELECT 1 FROM job_chunk" + OF_PHASE + " AND done_at IS NULL LIMIT 1",
            row -> true,
            job.value(),
            phase.name())
        .isPresent();
  }

  @Override
  public boolean isOpen(ChunkId chunk) {
    return sql.first(
            "SELECT 1 FROM job_chunk" + ONE + " AND done_at IS NULL",
            row -> true,
            chunk.job().value(),
            chunk.phase().name(),
            chunk.number())
        .isPresent();
  }

  @Override
  public Optional<Chunk> take(ChunkId chunk, String node) {
    return sql.first(
        "UPDATE job_chunk SET attempt = attempt + 1, held = true, node = ?,"
            + " vanished = vanished + held::integer"
            + ONE
            + " AND done_at IS NULL RETURNING arguments, attempt, vanished, suspects",
        row ->
            new Chunk(
                chunk,
                strings(row, "arguments"),
                row.getInt("attempt"),
                row.getInt("vanished"),
                strings(row, "suspects")),
        node,
        chunk.job().value(),
        chunk.phase().name(),
        chunk.number());
  }

  /** The job's lock comes first, as whoever ends a job takes the job first and then its rows. */
  @Override
  public boolean hold(Chunk chunk) {
    ChunkId id = chunk.id();
    boolean runs =
        sql.first(
                "SELECT 1 FROM job WHERE id = ? AND state IN ('RUNNING', 'PAUSED') FOR SHARE",
                row -> true,
                id.job().value())
            .isPresent();
    return runs
        && sql.first(
                "SELECT 1 FROM job_chunk" + ONE + " AND attempt = ? AND done_at IS NULL FOR UPDATE",
                row -> true,
                id.job().value(),
                id.phase().name(),
                id.number(),
                chunk.attempt())
            .isPresent();
  }

  @Override
  public void suspect(Chunk chunk, String what) {
    change(chunk, "suspects = array_append(suspects, ?)", what);
  }

  @Override
  public void done(Chunk chunk, String node, long units, List<String> result, Instant now) {
    change(
        chunk,
        "held = false, node = ?, units = ?, result = ?, done_at = ?",
        node,
        units,
        strings(result),
        now);
  }

  @Override
  public void release(Chunk chunk) {
    change(chunk, "held = false, suspects = ?", (Object) strings(chunk.suspects()));
  }

  @Override
  public int failed(ChunkFailure failure) {
    ChunkId chunk = failure.chunk();
    sql.update(
        "INSERT INTO job_failure (job_id, phase, number, attempt, node, at, cause)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        chunk.job().value(),
        chunk.phase().name(),
        chunk.number(),
        failure.attempt(),
        failure.node(),
        failure.at(),
        failure.cause());
    return sql.first(
            "UPDATE job_chunk SET failures = failures + 1" + ONE + " RETURNING failures",
            row -> row.getInt(1),
            chunk.job().value(),
            chunk.phase().name(),
            chunk.number())
        .orElse(1);
  }

  /** Nothing is changed of a chunk that somebody else has taken up since. */
  private void change(Chunk chunk, String change, Object... values) {
    ChunkId id = chunk.id();
    Object[] parameters = Arrays.copyOf(values, values.length + 4);
    parameters[values.length] = id.job().value();
    parameters[values.length + 1] = id.phase().name();
    parameters[values.length + 2] = id.number();
    parameters[values.length + 3] = chunk.attempt();
    sql.update("UPDATE job_chunk SET " + change + ONE + " AND attempt = ?", parameters);
  }

  @Override
  public void forgive(JobId job) {
    sql.update(
        "UPDATE job_chunk SET failures = 0, vanished = 0, held = false WHERE job_id = ?",
        job.value());
  }

  @Override
  public List<ChunkFailure> failures(JobId job, int limit) {
    return sql.list(
        "SELECT * FROM job_failure WHERE job_id = ? ORDER BY id DESC LIMIT ?",
        row ->
            new ChunkFailure(
                new ChunkId(job, Phase.valueOf(row.getString("phase")), row.getInt("number")),
                row.getInt("attempt"),
                row.getString("node"),
                Columns.instant(row, "at").orElseThrow(),
                row.getString("cause")),
        job.value(),
        limit);
  }

  @Override
  public List<List<String>> arguments(JobId job, Phase phase) {
    return column("arguments", job, phase);
  }

  @Override
  public List<List<String>> results(JobId job, Phase phase) {
    return column("result", job, phase);
  }

  private List<List<String>> column(String column, JobId job, Phase phase) {
    return sql.list(
        "SELECT " + column + " FROM job_chunk" + OF_PHASE + " ORDER BY number",
        row -> strings(row, column),
        job.value(),
        phase.name());
  }

  @Override
  public void clear(JobId job) {
    sql.update("DELETE FROM job_chunk WHERE job_id = ?", job.value());
  }

  private static String[] strings(List<String> strings) {
    return strings.toArray(String[]::new);
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }
}
