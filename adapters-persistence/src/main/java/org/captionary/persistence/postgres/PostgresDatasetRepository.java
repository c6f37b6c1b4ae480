package org.captionary.persistence.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;

@ApplicationScoped
@Transactional
class PostgresDatasetRepository implements DatasetRepository {

  private final DatasetRows rows;
  private final Sql sql;

  PostgresDatasetRepository(DatasetRows rows, Sql sql) {
    this.rows = rows;
    this.sql = sql;
  }

  @Override
  public boolean add(Dataset dataset) {
    DatasetEntity row = DatasetEntity.of(dataset);
    // One statement, so that of two nodes at once just one registers the name.
    return sql.update(
            "INSERT INTO dataset (name, format, photos, captions, splits, annotations)"
                + " VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb) ON CONFLICT (name) DO NOTHING",
            row.name,
            row.format,
            row.photos,
            row.captions,
            row.splits,
            row.annotations)
        == 1;
  }

  @Override
  public Optional<Dataset> byName(String name) {
    // PostgreSQL refuses text that it cannot hold, such as NUL, even in a question.
    return Dataset.isName(name) ? rows.byName(name).map(DatasetEntity::toDomain) : Optional.empty();
  }

  @Override
  public boolean lock(String name) {
    return Dataset.isName(name)
        && sql.first("SELECT id FROM dataset WHERE name = ? FOR UPDATE", row -> row, name)
            .isPresent();
  }

  @Override
  public void delete(String name) {
    String ofDataset = " = (SELECT id FROM dataset WHERE name = ?)";
    sql.update(
        "UPDATE preparation SET published_at = NULL, job_id = NULL"
            + " WHERE job_id IN (SELECT id FROM job WHERE dataset_id"
            + ofDataset
            + ")",
        name);
    sql.update(
        "UPDATE snapshot SET job_id = NULL, dataset_id = NULL WHERE dataset_id" + ofDataset, name);
    sql.update("DELETE FROM job WHERE dataset_id" + ofDataset, name);
    sql.update("DELETE FROM dataset WHERE name = ?", name);
  }

  @Override
  public List<Dataset> all() {
    return rows.listAll(Sort.by("name")).stream().map(DatasetEntity::toDomain).toList();
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class DatasetRows implements PanacheRepository<DatasetEntity> {

    Optional<DatasetEntity> byName(String name) {
      return find("name", name).firstResultOptional();
    }
  }
}
