package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;

@ApplicationScoped
@Transactional
class PostgresCaptionRepository implements CaptionRepository {

  private final Sql sql;

  PostgresCaptionRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void add(SnapshotId snapshot, List<Caption> captions) {
    sql.copy(
        "caption (snapshot_id, photo_id, ordinal, number, text)",
        copy ->
            captions.forEach(
                c ->
                    copy.row(
                        snapshot.value(),
                        c.photo().value(),
                        c.ordinal(),
                        c.number().isPresent() ? c.number().getAsInt() : null,
                        c.text())));
  }

  @Override
  public void clear(SnapshotId snapshot) {
    sql.update("DELETE FROM caption WHERE snapshot_id = ?", snapshot.value());
  }

  @Override
  public List<Caption> of(SnapshotId snapshot, Collection<PhotoId> photos) {
    return sql.list(
        "SELECT photo_id, ordinal, number, text FROM caption"
            + " WHERE snapshot_id = ? AND photo_id = ANY (?) ORDER BY ordinal",
        row -> raw(row, Judgement.NONE),
        snapshot.value(),
        Columns.ids(photos));
  }

  @Override
  public List<Described<Caption>> describedAfter(
      SnapshotId snapshot, JudgementFilter filter, Optional<PhotoId> after, int photos) {
    String first = after.map(PhotoId::value).orElse("");
    Pairs pairs = new Pairs(filter);
    List<Row<Caption>> rows =
        sql.list(
            "WITH page AS (SELECT ?::text COLLATE \"C\" AS first, max(photo_id) AS last FROM ("
                + pairs.photos("AND photo_id > ?")
                + " LIMIT ?) AS described)"
                + pairs.captions(),
            row -> row(row, raw(row, Columns.judgement(row))),
            first,
            snapshot.value(),
            first,
            photos,
            snapshot.value());
    return grouped(rows);
  }

  @Override
  public List<PhotoId> everyDescribed(SnapshotId snapshot, JudgementFilter filter, int every) {
    return sql.list(
        "SELECT photo_id FROM (SELECT photo_id, row_number() OVER (ORDER BY photo_id) AS n FROM ("
            + new Pairs(filter).photos("")
            + ") AS described) AS numbered WHERE n % ? = 0 ORDER BY photo_id",
        row -> new PhotoId(row.getString(1)),
        snapshot.value(),
        every);
  }

  @Override
  public long describedPhotos(SnapshotId snapshot, JudgementFilter filter) {
    return sql.number(new Pairs(filter).count("DISTINCT photo_id"), snapshot.value());
  }

  @Override
  public long count(SnapshotId snapshot, JudgementFilter filter, OptionalInt limit) {
    Pairs pairs = new Pairs(filter);
    if (limit.isEmpty()) {
      return sql.number(pairs.count("*"), snapshot.value());
    }
    return sql.number(
        pairs.count("*")
            + " AND photo_id <= (SELECT max(photo_id) FROM ("
            + pairs.photos("")
            + " LIMIT ?) AS page)",
        snapshot.value(),
        snapshot.value(),
        limit.getAsInt());
  }

  @Override
  public void addClean(PreparationKey preparation, List<Described<CleanCaption>> photos) {
    sql.copy(
        "clean_caption (preparation_key, photo_id, ordinal, rank, split, content, tokens)",
        copy -> photos.forEach(photo -> copyPhoto(copy, preparation, photo)));
  }

  private static void copyPhoto(
      BinaryCopy copy, PreparationKey preparation, Described<CleanCaption> photo) {
    for (CleanCaption caption : photo.captions()) {
      copy.row(
          preparation.value(),
          photo.photo().value(),
          caption.ordinal(),
          photo.rank(),
          photo.split().map(Split::name),
          photo.content().map(ContentHash::bytes),
          caption.text());
    }
  }

  @Override
  public long countClean(PreparationKey preparation, Split split) {
    return sql.number(
        "SELECT count(*) FROM clean_caption WHERE preparation_key = ? AND (? OR split = ?)",
        preparation.value(),
        split.isAll(),
        split.name());
  }

  @Override
  public long countEmptyClean(PreparationKey preparation) {
    return sql.number(
        "SELECT count(*) FROM clean_caption WHERE preparation_key = ? AND tokens = ''",
        preparation.value());
  }

  @Override
  public void forEachClean(
      PreparationKey preparation, Split split, Consumer<CleanCaption> consumer) {
    sql.forEach(
        "SELECT photo_id, ordinal, tokens FROM clean_caption"
            + " WHERE preparation_key = ? AND (? OR split = ?) ORDER BY ordinal",
        PostgresCaptionRepository::clean,
        consumer,
        preparation.value(),
        split.isAll(),
        split.name());
  }

  @Override
  public List<Described<CleanCaption>> cleanAfter(
      PreparationKey preparation, Optional<PhotoId> after, int photos) {
    String last = after.map(PhotoId::value).orElse("");
    List<Row<CleanCaption>> rows =
        sql.list(
            "WITH page AS (SELECT DISTINCT photo_id FROM clean_caption WHERE preparation_key = ?"
                + " AND photo_id > ? ORDER BY photo_id LIMIT ?)"
                + " SELECT photo_id, ordinal, rank, split, content, tokens FROM clean_caption"
                + " WHERE preparation_key = ? AND photo_id > ?"
                + " AND photo_id <= (SELECT max(photo_id) FROM page)"
                + " ORDER BY photo_id, ordinal",
            row -> row(row, clean(row)),
            preparation.value(),
            last,
            photos,
            preparation.value(),
            last);
    return grouped(rows);
  }

  @Override
  public List<Description> descriptionsAfter(
      PreparationKey preparation, Optional<Description> after, int captions) {
    return sql.list(
        "SELECT photo_id, ordinal, tokens, rank FROM clean_caption"
            + " WHERE preparation_key = ? AND (rank, ordinal) > (?, ?)"
            + " ORDER BY rank, ordinal LIMIT ?",
        row -> new Description(row.getLong("rank"), clean(row)),
        preparation.value(),
        after.map(Description::rank).orElse(-1L),
        after.map(description -> description.caption().ordinal()).orElse(-1L),
        captions);
  }

  private static Caption raw(ResultSet row, Judgement judgement) throws SQLException {
    return new Caption(
        new PhotoId(row.getString("photo_id")),
        row.getLong("ordinal"),
        Columns.whole(row, "number"),
        row.getString("text"),
        judgement);
  }

  private static CleanCaption clean(ResultSet row) throws SQLException {
    return new CleanCaption(
        new PhotoId(row.getString("photo_id")),
        row.getLong("ordinal"),
        Columns.tokens(row, "tokens"));
  }

  private static <C> Row<C> row(ResultSet row, C caption) throws SQLException {
    return new Row<>(
        new PhotoId(row.getString("photo_id")),
        Columns.split(row, "split"),
        Columns.content(row, "content"),
        row.getLong("rank"),
        caption);
  }

  /** Rows of one photo stand together. */
  private static <C> List<Described<C>> grouped(List<Row<C>> rows) {
    List<Described<C>> photos = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= rows.size(); to++) {
      if (to == rows.size() || !rows.get(to).photo().equals(rows.get(from).photo())) {
        Row<C> first = rows.get(from);
        List<C> captions = rows.subList(from, to).stream().map(Row::caption).toList();
        photos.add(
            new Described<>(first.photo(), first.split(), first.content(), first.rank(), captions));
        from = to;
      }
    }
    return photos;
  }

  private record Row<C>(
      PhotoId photo, Optional<Split> split, Optional<ContentHash> content, long rank, C caption) {}
}
