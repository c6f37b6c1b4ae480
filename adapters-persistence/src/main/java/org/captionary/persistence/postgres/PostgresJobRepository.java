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
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.StepName;
import org.captionary.domain.preparation.StepProgress;
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
  private final ExtractorTable extractors;
  private final Sql sql;
  private final EntityManager entities;

  PostgresJobRepository(
      JobRows rows,
      JobStepTable steps,
      ExtractorTable extractors,
      Sql sql,
      EntityManager entities) {
    this.rows = rows;
    this.steps = steps;
    this.extractors = extractors;
    this.sql = sql;
    this.entities = entities;
  }

  @Override
  public Optional<Job> add(Submission submission, Instant now) {
    return sql.first(
            "INSERT INTO job (dataset_id, recipe, force, identity, extractor_id, state, phase,"
                + " created_at)"
                + " SELECT id, ?::jsonb, ?, ?, ?::integer, 'QUEUED', ?, ?"
                + " FROM dataset WHERE name = ? FOR KEY SHARE"
                + " ON CONFLICT (identity) WHERE NOT force AND "
                + ACTIVE
                + " DO NOTHING RETURNING id",
            row -> new JobId(row.getLong(1)),
            Json.write(RecipeFields.write(submission.recipe())),
            submission.force(),
            submission.identity().hex(),
            submission.extractor().map(extractors::findOrAdd).orElse(null),
            Phase.LOOK.name(),
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
    return job.toDomain(Optional.ofNullable(job.extractorId).map(extractors::get));
  }

  @Override
  public List<StepProgress> steps(JobId job) {
    return steps.of(job);
  }

  @Override
  public Optional<Job> lock(JobId job) {
    sql.list("SELECT id FROM job WHERE id = ? FOR UPDATE", row -> row.getLong(1), job.value());
    return find(job);
  }

  @Override
  public boolean hasEarlierImport(JobId job) {
    return sql.first(
            "SELECT 1 FROM job AS earlier JOIN job AS mine USING (dataset_id)"
                + " WHERE mine.id = ? AND earlier.id < mine.id"
                + " AND earlier.state IN ('QUEUED', 'RUNNING')"
                + " AND earlier.phase IN ('LOOK', 'READ', 'SEAL') LIMIT 1",
            row -> true,
            job.value())
        .isPresent();
  }

  @Override
  public boolean transition(JobId job, JobState from, JobState to, Instant now) {
    boolean runs = to == JobState.RUNNING;
    return sql.update(
            "UPDATE job SET state = ?,"
                + " started_at = CASE WHEN ? THEN coalesce(started_at, ?) ELSE started_at END,"
                + " ended_at = CASE WHEN ? THEN ?::timestamptz END,"
                + " error = CASE WHEN ? THEN error END"
                + " WHERE id = ? AND state = ?"
                + " AND NOT (? AND NOT force AND EXISTS (SELECT 1 FROM job AS other"
                + " WHERE other.identity = job.identity AND NOT other.force AND other."
                + ACTIVE
                + "))",
            to.name(),
            runs,
            now,
            to.isFinal(),
            now,
            to.isFinal(),
            job.value(),
            from.name(),
            from.isFinal() && !to.isFinal())
        == 1;
  }

  @Override
  public void enter(JobId job, Phase phase) {
    sql.update("UPDATE job SET phase = ? WHERE id = ?", phase.name(), job.value());
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
  public void stepEnded(JobId job, StepName step, Instant now) {
    steps.ended(job, step, now);
  }

  @Override
  public void succeeded(JobId job, PreparationId preparation, Instant now) {
    // A deletion that is under way is waited for, and one that comes next waits for this job.
    sql.update(
        "UPDATE job SET state = 'SUCCEEDED', preparation = (SELECT p.id FROM preparation AS p"
            + " WHERE p.id = ? AND p.published_at IS NOT NULL FOR SHARE), ended_at = ?"
            + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING', 'PAUSED')",
        preparation.value(),
        now,
        job.value());
  }

  @Override
  public void failed(JobId job, String error, Instant now) {
    sql.update(
        "UPDATE job SET state = 'FAILED', error = ?, ended_at = ?"
            + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING', 'PAUSED')",
        error.replace("\0", "\\0"),
        now,
        job.value());
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class JobRows implements PanacheRepository<JobEntity> {}
}
