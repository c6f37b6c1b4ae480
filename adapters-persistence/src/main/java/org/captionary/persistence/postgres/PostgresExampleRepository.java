package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.Unit;

/** Encoded captions, a row a photo; each look-up descends an index once for each row it finds. */
@ApplicationScoped
@Transactional
class PostgresExampleRepository implements ExampleRepository {

  private final Sql sql;
  private final CaptionRunTable runs;

  PostgresExampleRepository(Sql sql, CaptionRunTable runs) {
    this.sql = sql;
    this.runs = runs;
  }

  @Override
  public void add(PreparationKey preparation, List<EncodedPhoto> photos, ExampleTotals before) {
    sql.copy(
        "encoded_photo (preparation_key, photo_id, split, content, words, captions, examples,"
            + " all_photo, all_photo_with_examples, all_caption, all_example,"
            + " split_photo, split_photo_with_examples, split_caption, split_example)",
        copy ->
            photos.forEach(
                p ->
                    copy.row(
                        preparation.value(),
                        p.photo().value(),
                        p.split().map(Split::name),
                        p.content().map(ContentHash::bytes),
                        Columns.words(p.captions()),
                        p.captions().size(),
                        p.examples(),
                        p.inAll().map(Place::photo),
                        p.inAll().map(Place::photoWithExamples),
                        p.inAll().map(Place::caption),
                        p.inAll().map(Place::example),
                        p.inSplit().map(Place::photo),
                        p.inSplit().map(Place::photoWithExamples),
                        p.inSplit().map(Place::caption),
                        p.inSplit().map(Place::example))));
    runs.add(preparation, photos, before);
  }

  @Override
  public Map<Split, SplitFigures> figures(PreparationKey preparation) {
    Map<Split, Map<Integer, Long>> captions = runs.captionsByExamples(preparation);
    Map<Split, SplitFigures> figures = new HashMap<>();
    figures.put(Split.ALL, SplitFigures.NONE);
    sql.forEach(
        "SELECT grouping(split) = 1 AS over_all, split, count(*) AS described,"
            + " count(content) AS usable, sum(captions) AS captions, sum(examples) AS examples,"
            + " coalesce(sum(examples) FILTER (WHERE content IS NOT NULL), 0) AS servable,"
            + " count(*) FILTER (WHERE content IS NOT NULL AND examples > 0) AS servable_photos"
            + " FROM encoded_photo WHERE preparation_key = ?"
            + " GROUP BY GROUPING SETS ((), (split)) HAVING count(*) > 0",
        row -> {
          Optional<Split> split = splitOf(row);
          return Map.entry(split, figures(row, split.map(captions::get)));
        },
        entry -> entry.getKey().ifPresent(split -> figures.put(split, entry.getValue())),
        preparation.value());
    return figures;
  }

  /** Empty for the row of the photos that are in no split. */
  private static Optional<Split> splitOf(ResultSet row) throws SQLException {
    return row.getBoolean("over_all") ? Optional.of(Split.ALL) : Columns.split(row, "split");
  }

  private static SplitFigures figures(ResultSet row, Optional<Map<Integer, Long>> captions)
      throws SQLException {
    return new SplitFigures(
        row.getLong("described"),
        row.getLong("usable"),
        row.getLong("captions"),
        row.getLong("examples"),
        row.getLong("servable"),
        row.getLong("servable_photos"),
        captions.orElse(Map.of()));
  }

  @Override
  public List<EncodedPhoto> between(
      PreparationKey preparation, Split split, Unit unit, long from, long to) {
    // The photo that holds `from` begins at the last number not above it.
    return sql.list(
        ("SELECT * FROM encoded_photo WHERE %1$s AND %2$s < ? AND ? < ?"
                + " AND %2$s >= (SELECT %2$s FROM encoded_photo WHERE %1$s"
                + " AND %2$s <= ? ORDER BY %2$s DESC LIMIT 1) AND %2$s + %3$s > ? ORDER BY %2$s")
            .formatted(where(split, unit), column(split, unit), units(unit)),
        PostgresExampleRepository::read,
        preparation.value(),
        split.name(),
        to,
        from,
        to,
        preparation.value(),
        split.name(),
        from,
        from);
  }

  @Override
  public List<EncodedPhoto> holding(
      PreparationKey preparation, Split split, Unit unit, long[] numbers) {
    // Written as a row for each number, so that the plan is a descent for each, whatever the
    // statistics say.
    List<EncodedPhoto> found =
        sql.list(
            ("SELECT p.* FROM unnest(?::bigint[]) AS wanted (number) CROSS JOIN LATERAL"
                    + " (SELECT * FROM encoded_photo WHERE %1$s AND %2$s <= wanted.number"
                    + " ORDER BY %2$s DESC LIMIT 1) AS p")
                .formatted(where(split, unit), column(split, unit)),
            PostgresExampleRepository::read,
            LongStream.of(numbers).boxed().toArray(Long[]::new),
            preparation.value(),
            split.name());
    Map<PhotoId, EncodedPhoto> distinct = new HashMap<>();
    found.forEach(photo -> distinct.put(photo.photo(), photo));
    ToLongFunction<EncodedPhoto> number = photo -> photo.place(split).orElseThrow().first(unit);
    return distinct.values().stream()
        .sorted((a, b) -> Long.compare(number.applyAsLong(a), number.applyAsLong(b)))
        .toList();
  }

  private static String column(Split split, Unit unit) {
    String scope = split.isAll() ? "all" : "split";
    return switch (unit) {
      case PHOTO -> scope + "_photo";
      case PHOTO_WITH_EXAMPLES -> scope + "_photo_with_examples";
      case CAPTION -> scope + "_caption";
      case EXAMPLE -> scope + "_example";
    };
  }

  /** How many of the unit a photo holds. */
  private static String units(Unit unit) {
    return switch (unit) {
      case PHOTO, PHOTO_WITH_EXAMPLES -> "1";
      case CAPTION -> "captions";
      case EXAMPLE -> "examples";
    };
  }

  private static String where(Split split, Unit unit) {
    boolean examples = unit == Unit.EXAMPLE || unit == Unit.PHOTO_WITH_EXAMPLES;
    return "preparation_key = ? AND "
        + (examples ? "examples > 0 AND " : "")
        + (split.isAll() ? "?::text IS NOT NULL" : "split = ?");
  }

  @Override
  public long[] captionNumbers(PreparationKey preparation, Split split, List<LengthRank> captions) {
    return runs.numbers(preparation, split, captions);
  }

  @Override
  public List<EncodedPhoto> photosAfter(
      PreparationKey preparation, Optional<PhotoId> after, int limit) {
    return sql.list(
        "SELECT * FROM encoded_photo WHERE preparation_key = ? AND photo_id > ?"
            + " ORDER BY photo_id LIMIT ?",
        PostgresExampleRepository::read,
        preparation.value(),
        after.map(PhotoId::value).orElse(""),
        limit);
  }

  @Override
  public List<ContentHash> contentsAfter(
      PreparationKey preparation, Optional<ContentHash> after, int limit) {
    return sql.list(
        "SELECT DISTINCT content FROM encoded_photo WHERE preparation_key = ? AND content > ?"
            + " ORDER BY content LIMIT ?",
        row -> ContentHash.ofDigest(row.getBytes(1)),
        preparation.value(),
        after.map(ContentHash::bytes).orElse(new byte[0]),
        limit);
  }

  @Override
  public List<ContentHash> contents(PreparationKey preparation, ContentRange range) {
    return sql.list(
        "SELECT DISTINCT content FROM encoded_photo WHERE preparation_key = ?"
            + " AND content BETWEEN ? AND ? ORDER BY content",
        row -> ContentHash.ofDigest(row.getBytes(1)),
        preparation.value(),
        range.from().bytes(),
        range.to().bytes());
  }

  @Override
  public long countContents(PreparationKey preparation) {
    return sql.number(
        "SELECT count(DISTINCT content) FROM encoded_photo WHERE preparation_key = ?",
        preparation.value());
  }

  private static EncodedPhoto read(ResultSet row) throws SQLException {
    return new EncodedPhoto(
        new PhotoId(row.getString("photo_id")),
        Columns.split(row, "split"),
        Columns.content(row, "content"),
        Columns.captions(row.getBytes("words")),
        place(row, "all"),
        place(row, "split"));
  }

  private static Optional<Place> place(ResultSet row, String scope) throws SQLException {
    long photo = row.getLong(scope + "_photo");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Place(
                photo,
                row.getLong(scope + "_photo_with_examples"),
                row.getLong(scope + "_caption"),
                row.getLong(scope + "_example")));
  }
}
