package org.captionary.persistence.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.RecipeFields;

@ApplicationScoped
@Transactional
class PostgresPreparationRepository implements PreparationRepository {

  private static final Sweep SWEEP =
      new Sweep(
          "preparation",
          "key",
          "job_id IS NULL",
          "preparation_key",
          List.of(
              "encoded_photo", "caption_run", "clean_caption", "vocabulary_word", "word_tally"));

  private final PreparationRows rows;
  private final ExtractorTable extractors;
  private final Sql sql;

  PostgresPreparationRepository(PreparationRows rows, ExtractorTable extractors, Sql sql) {
    this.rows = rows;
    this.extractors = extractors;
    this.sql = sql;
  }

  @Override
  public PreparationKey open(JobId job) {
    return begun(job).orElseGet(() -> new PreparationKey(add(job).key));
  }

  private PreparationEntity add(JobId job) {
    PreparationEntity row = new PreparationEntity();
    row.jobId = job.value();
    rows.persistAndFlush(row);
    return row;
  }

  @Override
  public boolean publish(Preparation preparation) {
    sql.update("ANALYZE encoded_photo");
    sql.update("ANALYZE caption_run");
    // Two jobs may end with the same preparation at once: the second waits here, then sees the
    // first.
    sql.number(
        "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(?, 0))) AS lock",
        preparation.id().value());
    if (rows.published(preparation.id()).isPresent()) {
      return false;
    }
    write(preparation, rows.findById(preparation.key().value()));
    rows.flush();
    return true;
  }

  private void write(Preparation preparation, PreparationEntity row) {
    row.id = preparation.id().value();
    row.publishedAt = Instant.now();
    row.dataset = preparation.dataset();
    row.recipe = Json.write(RecipeFields.write(preparation.recipe()));
    row.vocabularySize = preparation.vocabularySize();
    row.maxLength = preparation.maxLength();
    row.emptyCaptions = preparation.emptyCaptions();
    row.figures = PreparationDocuments.write(preparation.figures());
    row.extractorId = preparation.extractor().map(extractors::findOrAdd).orElse(null);
    row.provenance = PreparationDocuments.write(preparation.provenance());
  }

  @Override
  public Optional<PreparationKey> begun(JobId job) {
    return rows.begun(job).map(row -> new PreparationKey(row.key));
  }

  @Override
  public void discard(JobId job) {
    sql.update(
        "UPDATE preparation SET job_id = NULL WHERE job_id = ? AND published_at IS NULL",
        job.value());
  }

  @Override
  public boolean delete(PreparationId id) {
    int deleted =
        sql.update(
            "UPDATE preparation SET published_at = NULL, job_id = NULL"
                + " WHERE id = ? AND published_at IS NOT NULL",
            id.value());
    // Behind it, so that no job that ends meanwhile is missed: see PostgresJobRepository.
    sql.update("UPDATE job SET preparation = NULL WHERE preparation = ?", id.value());
    return deleted > 0;
  }

  @Override
  public int sweep(int most) {
    return SWEEP.run(sql, most);
  }

  @Override
  public Optional<Preparation> byId(PreparationId id) {
    return rows.published(id).map(this::toDomain);
  }

  @Override
  public List<Preparation> all() {
    return rows.list("publishedAt is not null", Sort.descending("publishedAt", "key")).stream()
        .map(this::toDomain)
        .toList();
  }

  private Preparation toDomain(PreparationEntity row) {
    Optional<ExtractorIdentity> extractor =
        Optional.ofNullable(row.extractorId).map(extractors::get);
    return new Preparation(
        new PreparationId(row.id),
        new PreparationKey(row.key),
        row.dataset,
        RecipeFields.read(Json.fields(row.recipe)),
        row.vocabularySize,
        row.maxLength,
        row.emptyCaptions,
        PreparationDocuments.figures(row.figures),
        extractor,
        PreparationDocuments.provenance(row.provenance));
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class PreparationRows implements PanacheRepository<PreparationEntity> {

    Optional<PreparationEntity> begun(JobId job) {
      return find("jobId = ?1 and publishedAt is null", job.value()).firstResultOptional();
    }

    Optional<PreparationEntity> published(PreparationId id) {
      return find("id = ?1 and publishedAt is not null", id.value()).firstResultOptional();
    }
  }
}
