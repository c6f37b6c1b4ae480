package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.DocumentFrequencies;
import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.ScoreRequest;

/** Frequencies by n-gram as jsonb. */
@ApplicationScoped
@Transactional
class PostgresFrequencyRepository implements FrequencyRepository {

  private final Sql sql;

  PostgresFrequencyRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<DocumentFrequencies> find(PreparationKey preparation, ScoreRequest request) {
    return sql.first(
        "SELECT photos, common FROM document_frequencies WHERE preparation_key = ? AND split = ?"
            + " AND reference_text = ? AND words = ?",
        row -> new DocumentFrequencies(row.getInt("photos"), counts(row.getString("common"))),
        preparation.value(),
        request.split().name(),
        request.references().id(),
        request.words().id());
  }

  private static SortedMap<String, Integer> counts(String written) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Map.Entry<String, ?> entry : Json.fields(written).entrySet()) {
      counts.put(entry.getKey(), ((Number) entry.getValue()).intValue());
    }
    return counts;
  }

  @Override
  public void add(
      PreparationKey preparation, ScoreRequest request, DocumentFrequencies frequencies) {
    sql.update(
        "INSERT INTO document_frequencies"
            + " (preparation_key, split, reference_text, words, photos, common)"
            + " SELECT key, ?, ?, ?, ?, ?::jsonb FROM preparation"
            + " WHERE key = ? AND published_at IS NOT NULL AND job_id IS NOT NULL FOR KEY SHARE"
            + " ON CONFLICT DO NOTHING",
        request.split().name(),
        request.references().id(),
        request.words().id(),
        frequencies.photos(),
        Json.write(frequencies.common()),
        preparation.value());
  }
}
