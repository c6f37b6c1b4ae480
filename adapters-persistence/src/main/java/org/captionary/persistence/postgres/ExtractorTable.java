package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;

/** The extractors that have made features, and the short numbers that rows refer to them by. */
@ApplicationScoped
@Transactional
class ExtractorTable {

  private final Sql sql;

  ExtractorTable(Sql sql) {
    this.sql = sql;
  }

  Optional<Integer> find(ExtractorIdentity extractor) {
    return sql.first(
        "SELECT id FROM extractor WHERE extractor = ? AND weights = ?"
            + " AND weights_sha256 = ? AND precision = ?",
        row -> row.getInt(1),
        extractor.extractor(),
        extractor.weights(),
        extractor.weightsSha256().hex(),
        extractor.precision());
  }

  int findOrAdd(ExtractorIdentity extractor) {
    return find(extractor).orElseGet(() -> add(extractor));
  }

  ExtractorIdentity get(int id) {
    return sql.first("SELECT * FROM extractor WHERE id = ?", ExtractorTable::read, id)
        .orElseThrow();
  }

  private int add(ExtractorIdentity extractor) {
    sql.update(
        "INSERT INTO extractor (extractor, weights, weights_sha256, precision)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        extractor.extractor(),
        extractor.weights(),
        extractor.weightsSha256().hex(),
        extractor.precision());
    return find(extractor).orElseThrow();
  }

  private static ExtractorIdentity read(ResultSet row) throws SQLException {
    return new ExtractorIdentity(
        row.getString("extractor"),
        row.getString("weights"),
        new ContentHash(row.getString("weights_sha256")),
        row.getString("precision"));
  }
}
