package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.NumberedCaption;
import org.captionary.domain.training.NumberedCaption.Place;
import org.captionary.domain.training.SplitFigures;

@ApplicationScoped
@Transactional
class PostgresExampleRepository implements ExampleRepository {

  private final Sql sql;

  PostgresExampleRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void add(PreparationKey preparation, List<NumberedCaption> captions) {
    sql.copy(
        "encoded_caption (preparation_key, photo_id, ordinal, split, content, words, examples,"
            + " all_example, all_photo, split_example, split_photo)",
        copy ->
            captions.forEach(
                c ->
                    copy.row(
                        preparation.value(),
                        c.photo().value(),
                        c.ordinal(),
                        c.split().map(Split::name),
                        c.content().map(ContentHash::bytes),
                        Columns.words(c.caption()),
                        c.examples(),
                        c.inAll().map(Place::firstExample),
                        c.inAll().map(Place::photo),
                        c.inSplit().map(Place::firstExample),
                        c.inSplit().map(Place::photo))));
  }

  @Override
  public Optional<PhotoId> lastAdded(PreparationKey preparation) {
    return sql.first(
        "SELECT photo_id FROM encoded_caption WHERE preparation_key = ?"
            + " ORDER BY photo_id DESC LIMIT 1",
        row -> new PhotoId(row.getString(1)),
        preparation.value());
  }

  @Override
  public long count(PreparationKey preparation) {
    return sql.number(
        "SELECT count(*) FROM encoded_caption WHERE preparation_key = ?", preparation.value());
  }

  @Override
  public Map<Split, Place> next(PreparationKey preparation) {
    Map<Split, Place> next = new HashMap<>();
    figures(preparation)
        .forEach(
            (split, figures) ->
                next.put(split, new Place(figures.servableExamples(), figures.servablePhotos())));
    return next;
  }

  @Override
  public Map<Split, SplitFigures> figures(PreparationKey preparation) {
    Map<Split, SplitFigures> figures = new HashMap<>();
    figures.put(Split.ALL, SplitFigures.NONE);
    // By photo first: counting photos is then counting rows, without a sort for DISTINCT.
    sql.forEach(
        "SELECT grouping(split) = 1 AS over_all, split, count(*) AS described,"
            + " count(*) FILTER (WHERE usable) AS usable, sum(captions) AS captions,"
            + " sum(examples) AS examples,"
            + " coalesce(sum(examples) FILTER (WHERE usable), 0) AS servable,"
            + " count(*) FILTER (WHERE usable AND examples > 0) AS servable_photos"
            + " FROM (SELECT photo_id, split, bool_and(content IS NOT NULL) AS usable,"
            + " count(*) AS captions, sum(examples) AS examples FROM encoded_caption"
            + " WHERE preparation_key = ?"
            + " GROUP BY photo_id, split) AS photos GROUP BY GROUPING SETS ((), (split))"
            + " HAVING count(*) > 0",
        row -> Map.entry(splitOf(row), figures(row)),
        entry -> entry.getKey().ifPresent(split -> figures.put(split, entry.getValue())),
        preparation.value());
    return figures;
  }

  /** Empty for the row of the photos that are in no split. */
  private static Optional<Split> splitOf(ResultSet row) throws SQLException {
    return row.getBoolean("over_all") ? Optional.of(Split.ALL) : Columns.split(row, "split");
  }

  private static SplitFigures figures(ResultSet row) throws SQLException {
    return new SplitFigures(
        row.getLong("described"),
        row.getLong("usable"),
        row.getLong("captions"),
        row.getLong("examples"),
        row.getLong("servable"),
        row.getLong("servable_photos"));
  }

  @Override
  public List<NumberedCaption> byExample(
      PreparationKey preparation, Split split, long from, long to) {
    String column = split.isAll() ? "all_example" : "split_example";
    String where = where(split);
    // The caption that holds example `from` begins at the last number not above it.
    return sql.list(
        ("SELECT * FROM encoded_caption WHERE %1$s AND %2$s + examples > ? AND %2$s < ?"
                + " AND %2$s >= coalesce((SELECT %2$s FROM encoded_caption WHERE %1$s"
                + " AND %2$s <= ? ORDER BY %2$s DESC LIMIT 1), 0) AND ? < ? ORDER BY %2$s")
            .formatted(where, column),
        PostgresExampleRepository::read,
        preparation.value(),
        split.name(),
        from,
        to,
        preparation.value(),
        split.name(),
        from,
        from,
        to);
  }

  @Override
  public List<NumberedCaption> byPhoto(
      PreparationKey preparation, Split split, long from, long to) {
    String photo = split.isAll() ? "all_photo" : "split_photo";
    String example = split.isAll() ? "all_example" : "split_example";
    return sql.list(
        "SELECT * FROM encoded_caption WHERE %1$s AND %2$s >= ? AND %2$s < ? ORDER BY %3$s"
            .formatted(where(split), photo, example),
        PostgresExampleRepository::read,
        preparation.value(),
        split.name(),
        from,
        to);
  }

  private static String where(Split split) {
    return "preparation_key = ? AND examples > 0 AND "
        + (split.isAll() ? "?::text IS NOT NULL" : "split = ?");
  }

  @Override
  public List<ContentHash> contentsAfter(
      PreparationKey preparation, Optional<ContentHash> after, int limit) {
    return sql.list(
        "SELECT DISTINCT content FROM encoded_caption WHERE preparation_key = ? AND content > ?"
            + " ORDER BY content LIMIT ?",
        row -> ContentHash.ofDigest(row.getBytes(1)),
        preparation.value(),
        after.map(ContentHash::bytes).orElse(new byte[0]),
        limit);
  }

  @Override
  public long countContents(PreparationKey preparation) {
    return sql.number(
        "SELECT count(DISTINCT content) FROM encoded_caption WHERE preparation_key = ?",
        preparation.value());
  }

  private static NumberedCaption read(ResultSet row) throws SQLException {
    return new NumberedCaption(
        new PhotoId(row.getString("photo_id")),
        row.getLong("ordinal"),
        Columns.split(row, "split"),
        Columns.content(row, "content"),
        Columns.caption(row.getBytes("words")),
        place(row, "all_example", "all_photo"),
        place(row, "split_example", "split_photo"));
  }

  private static Optional<Place> place(ResultSet row, String example, String photo)
      throws SQLException {
    long first = row.getLong(example);
    return row.wasNull() ? Optional.empty() : Optional.of(new Place(first, row.getLong(photo)));
  }
}
