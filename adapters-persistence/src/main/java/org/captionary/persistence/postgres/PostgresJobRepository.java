package org.captionary.persistence.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.Submission;

@ApplicationScoped
@Transactional
class PostgresJobRepository implements JobRepository {

  /** What keeps an equal submission from being a new job; as the index has it. */
  private static final String ACTIVE =
      "state NOT IN ('FAILED', 'CANCELLED') AND (state <> 'SUCCEEDED' OR preparation IS NOT NULL)";

  private static final List<JobState> FINAL =
      Arrays.stream(JobState.values()).filter(JobState::isFinal).toList();

  private final JobRows rows;
  private final JobStepTable steps;
  private final Sql sql;
  private final EntityManager entities;

  PostgresJobRepository(JobRows rows, JobStepTable steps, Sql sql, EntityManager entities) {
    this.rows = rows;
    this.steps = steps;
    this.sql = sql;
    this.entities = entities;
  }

  @Override
  public Optional<Job> add(Submission submission, Instant now) {
    return sql.first(
            "INSERT INTO job (dataset_id, recipe, force, identity, state, created_at)"
                + " SELECT id, ?::jsonb, ?, ?, 'QUEUED', ? FROM dataset WHERE name = ? FOR KEY SHARE"
                + " ON CONFLICT (identity) WHERE NOT force AND "
                + ACTIVE
                + " DO NOTHING RETURNING id",
            row -> new JobId(row.getLong(1)),
            Json.write(RecipeFields.write(submission.recipe())),
            submission.force(),
            submission.identity().hex(),
            now,
            submission.dataset())
        .flatMap(this::find);
  }

  @Override
  public Optional<Job> identical(Submission submission) {
    return sql.first(
            "SELECT id FROM job WHERE identity = ? AND NOT force AND " + ACTIVE,
            row -> new JobId(row.getLong(1)),
            submission.identity().hex())
        .flatMap(this::find);
  }

  @Override
  public Optional<Job> find(JobId job) {
    // Rows change by statements, behind the back of the persistence context.
    entities.clear();
    return rows.findByIdOptional(job.value()).map(this::toDomain);
  }

  @Override
  public List<Job> all() {
    entities.clear();
    return rows.listAll(Sort.descending("id")).stream().map(this::toDomain).toList();
  }

  @Override
  public Optional<Job> latest(String dataset) {
    entities.clear();
    return rows.find("dataset.name", Sort.descending("id"), dataset)
        .firstResultOptional()
        .map(this::toDomain);
  }

  @Override
  public Optional<Job> unfinished(String dataset) {
    entities.clear();
    return rows.find("dataset.name = ?1 and state not in ?2", dataset, FINAL)
        .firstResultOptional()
        .map(this::toDomain);
  }

  private Job toDomain(JobEntity job) {
    return job.toDomain(steps.of(new JobId(job.id)));
  }

  @Override
  public void running(JobId job, Instant now) {
    sql.update(
        "UPDATE job SET state = 'RUNNING', started_at = coalesce(started_at, ?)"
            + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING')",
        now,
        job.value());
  }

  @Override
  public void useSnapshot(JobId job, SnapshotId snapshot) {
    sql.update("UPDATE job SET snapshot_id = ? WHERE id = ?", snapshot.value(), job.value());
  }

  @Override
  public void stepStarted(JobId job, StepName step, long done, long total, Instant now) {
    steps.started(job, step, done, total, now);
  }

  @Override
  public void stepAdvanced(JobId job, StepName step, long done) {
    steps.advanced(job, step, done);
  }

  @Override
  public void stepEnded(JobId job, StepName step, Instant now) {
    steps.ended(job, step, now);
  }

  @Override
  public void succeeded(JobId job, PreparationId preparation, Instant now) {
    // A deletion that is under way is waited for, and one that comes next waits for this job.
    sql.update(
        "UPDATE job SET state = 'SUCCEEDED', preparation = (SELECT p.id FROM preparation AS p"
            + " WHERE p.id = ? AND p.published_at IS NOT NULL FOR SHARE), ended_at = ?"
            + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING')",
        preparation.value(),
        now,
        job.value());
  }

  @Override
  public void failed(JobId job, String error, Instant now) {
    sql.update(
        "UPDATE job SET state = 'FAILED', error = ?, ended_at = ?"
            + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING')",
        error.replace("\0", "\\0"),
        now,
        job.value());
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class JobRows implements PanacheRepository<JobEntity> {}
}
