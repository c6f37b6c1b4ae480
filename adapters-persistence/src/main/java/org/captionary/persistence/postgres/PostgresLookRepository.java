package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.LookRepository;

@ApplicationScoped
@Transactional
class PostgresLookRepository implements LookRepository {

  private static final String OF_DATASET =
      " WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)";

  private final Sql sql;

  PostgresLookRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<Look> last(String dataset) {
    // PostgreSQL refuses text that it cannot hold, such as NUL, even in a question.
    return !Dataset.isName(dataset)
        ? Optional.empty()
        : sql.first(
            "SELECT fingerprint, answered FROM dataset_look" + OF_DATASET,
            row -> new Look(new ContentHash(row.getString(1)), row.getBoolean(2)),
            dataset);
  }

  @Override
  public void note(String dataset, Look look) {
    if (Dataset.isName(dataset)) {
      sql.update(
          "INSERT INTO dataset_look (dataset_id, fingerprint, answered)"
              + " SELECT id, ?, ? FROM dataset WHERE name = ? FOR KEY SHARE"
              + " ON CONFLICT (dataset_id) DO UPDATE SET"
              + " fingerprint = excluded.fingerprint, answered = excluded.answered",
          look.fingerprint().hex(),
          look.answered(),
          dataset);
    }
  }

  @Override
  public void forget(String dataset) {
    if (Dataset.isName(dataset)) {
      sql.update("DELETE FROM dataset_look" + OF_DATASET, dataset);
    }
  }
}
