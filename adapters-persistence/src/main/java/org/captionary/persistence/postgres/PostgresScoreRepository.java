package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.ScoreRequest;
import org.captionary.domain.training.IncompletePreparationException;

/** Scores by metric id as jsonb, those of photos by photo id. */
@ApplicationScoped
@Transactional
class PostgresScoreRepository implements ScoreRepository {

  private static final String HEAD = "name, split, reference_text, words, created_at, ";
  private static final String OF_ONE =
      " FROM caption_scores WHERE preparation_key = ? AND name = ?";

  private final Sql sql;

  PostgresScoreRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public boolean add(PreparationKey preparation, NamedScores scores) {
    Optional<Long> key =
        sql.first(
            "SELECT key FROM preparation WHERE key = ? AND published_at IS NOT NULL"
                + " AND job_id IS NOT NULL FOR KEY SHARE",
            row -> row.getLong(1),
            preparation.value());
    if (key.isEmpty()) {
      throw new IncompletePreparationException("it was deleted before its scores were kept");
    }
    ScoreRequest request = scores.request();
    int added =
        sql.update(
            "INSERT INTO caption_scores (preparation_key, "
                + HEAD
                + "photos, corpus, photo_scores) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)"
                + " ON CONFLICT DO NOTHING",
            preparation.value(),
            scores.name(),
            request.split().name(),
            request.references().id(),
            request.words().id(),
            scores.at(),
            scores.evaluation().photos().size(),
            Json.write(byId(scores.evaluation().corpus())),
            Json.write(byPhoto(scores.evaluation())));
    return added > 0;
  }

  private static Map<String, Double> byId(Map<Metric, Double> scores) {
    Map<String, Double> written = new TreeMap<>();
    scores.forEach((metric, score) -> written.put(metric.id(), score));
    return written;
  }

  private static Map<String, Map<String, Double>> byPhoto(Evaluation evaluation) {
    Map<String, Map<String, Double>> written = new TreeMap<>();
    evaluation.photos().forEach((photo, scores) -> written.put(photo.value(), byId(scores)));
    return written;
  }

  @Override
  public List<Summary> all(PreparationKey preparation) {
    return sql.list(
        "SELECT "
            + HEAD
            + "photos, corpus FROM caption_scores WHERE preparation_key = ?"
            + " ORDER BY created_at, name",
        row ->
            new Summary(
                row.getString("name"),
                request(row),
                Columns.instant(row, "created_at").orElseThrow(),
                row.getInt("photos"),
                scores(Json.fields(row.getString("corpus")))),
        preparation.value());
  }

  @Override
  public Optional<NamedScores> find(PreparationKey preparation, String name) {
    return sql.first(
        "SELECT " + HEAD + "corpus, photo_scores" + OF_ONE,
        row ->
            new NamedScores(
                row.getString("name"),
                request(row),
                Columns.instant(row, "created_at").orElseThrow(),
                evaluation(row)),
        preparation.value(),
        name);
  }

  @Override
  public boolean delete(PreparationKey preparation, String name) {
    return sql.update("DELETE" + OF_ONE, preparation.value(), name) > 0;
  }

  private static ScoreRequest request(ResultSet row) throws SQLException {
    return new ScoreRequest(
        Columns.split(row, "split").orElseThrow(),
        ScoreRequest.References.byId(row.getString("reference_text")).orElseThrow(),
        ScoreRequest.Words.byId(row.getString("words")).orElseThrow());
  }

  private static Evaluation evaluation(ResultSet row) throws SQLException {
    SortedMap<PhotoId, Map<Metric, Double>> photos = new TreeMap<>();
    Json.fields(row.getString("photo_scores"))
        .forEach((photo, scores) -> photos.put(new PhotoId(photo), scores((Map<?, ?>) scores)));
    return new Evaluation(scores(Json.fields(row.getString("corpus"))), photos);
  }

  private static Map<Metric, Double> scores(Map<?, ?> written) {
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    written.forEach(
        (id, score) ->
            scores.put(Metric.byId((String) id).orElseThrow(), ((Number) score).doubleValue()));
    return scores;
  }
}
