package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;

@ApplicationScoped
@Transactional
class PostgresJudgementRepository implements JudgementRepository {

  private final Sql sql;

  PostgresJudgementRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void add(SnapshotId snapshot, List<JudgedPair> pairs) {
    // No COPY, as what the other annotators said of a pair may be there already.
    sql.update(
        "INSERT INTO judgement AS known SELECT ?, * FROM unnest(?::text[], ?::bigint[], ?::text[],"
            + " ?::int[], ?::int[], ?::int[], ?::int[], ?::int[])"
            + " ON CONFLICT (snapshot_id, photo_id, ordinal) DO UPDATE SET"
            + " score_1 = coalesce(known.score_1, excluded.score_1),"
            + " score_2 = coalesce(known.score_2, excluded.score_2),"
            + " score_3 = coalesce(known.score_3, excluded.score_3),"
            + " yes = coalesce(known.yes, excluded.yes), no = coalesce(known.no, excluded.no)",
        snapshot.value(),
        column(pairs, pair -> pair.photo().value()).toArray(String[]::new),
        column(pairs, JudgedPair::ordinal).toArray(Long[]::new),
        column(pairs, pair -> pair.described().value()).toArray(String[]::new),
        score(pairs, 0),
        score(pairs, 1),
        score(pairs, 2),
        votes(pairs, Judgement::crowdYes),
        votes(pairs, Judgement::crowdNo));
  }

  private static <T> List<T> column(List<JudgedPair> pairs, Function<JudgedPair, T> field) {
    return pairs.stream().map(field).toList();
  }

  private static Integer[] score(List<JudgedPair> pairs, int expert) {
    return pairs.stream()
        .map(pair -> pair.judgement().expertScores())
        .map(scores -> scores.isEmpty() ? null : scores.get(expert))
        .toArray(Integer[]::new);
  }

  private static Integer[] votes(List<JudgedPair> pairs, Function<Judgement, Integer> count) {
    return pairs.stream()
        .map(JudgedPair::judgement)
        .map(judgement -> judgement.crowdFraction().isEmpty() ? null : count.apply(judgement))
        .toArray(Integer[]::new);
  }

  @Override
  public void clear(SnapshotId snapshot) {
    sql.update("DELETE FROM judgement WHERE snapshot_id = ?", snapshot.value());
  }

  @Override
  public List<JudgedPair> of(SnapshotId snapshot, Collection<PhotoId> photos) {
    return sql.list(
        "SELECT * FROM judgement WHERE snapshot_id = ? AND photo_id = ANY (?)",
        PostgresJudgementRepository::pair,
        snapshot.value(),
        Columns.ids(photos));
  }

  @Override
  public void forEach(
      SnapshotId snapshot, Optional<PhotoId> photo, BiConsumer<PhotoId, Caption> consumer) {
    sql.forEach(
        "SELECT j.*, c.number, c.text FROM judgement j JOIN caption c ON"
            + " c.snapshot_id = j.snapshot_id AND c.photo_id = j.described AND c.ordinal = j.ordinal"
            + " WHERE j.snapshot_id = ? AND (? OR j.photo_id = ?) ORDER BY j.photo_id, j.ordinal",
        row -> Map.entry(new PhotoId(row.getString("photo_id")), written(row)),
        entry -> consumer.accept(entry.getKey(), entry.getValue()),
        snapshot.value(),
        photo.isEmpty(),
        photo.map(PhotoId::value).orElse(""));
  }

  private static Caption written(ResultSet row) throws SQLException {
    return new Caption(
        new PhotoId(row.getString("described")),
        row.getLong("ordinal"),
        Columns.whole(row, "number"),
        row.getString("text"),
        Columns.judgement(row));
  }

  private static JudgedPair pair(ResultSet row) throws SQLException {
    return new JudgedPair(
        new PhotoId(row.getString("photo_id")),
        new PhotoId(row.getString("described")),
        row.getLong("ordinal"),
        Columns.judgement(row));
  }
}
