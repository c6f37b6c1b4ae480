package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.ImportReport;
import org.captionary.domain.preparation.ImportReport.Listed;
import org.captionary.domain.preparation.ImportReport.Rejected;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.ReportRepository;

@ApplicationScoped
@Transactional
class PostgresReportRepository implements ReportRepository {

  private static final String CAPTIONS = " FROM caption WHERE snapshot_id = ?";
  private static final String PHOTOS = " FROM photo WHERE snapshot_id = ?";
  private static final String DESCRIBED = "SELECT DISTINCT photo_id" + CAPTIONS;
  private static final String USABLE = "SELECT photo_id" + PHOTOS;

  private final Sql sql;

  PostgresReportRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void noteText(SnapshotId snapshot, TextAccount account) {
    sql.update(
        "UPDATE snapshot SET caption_rows = ?, encodings = ?::jsonb WHERE id = ?",
        account.captionRows(),
        Json.write(account.encodings()),
        snapshot.value());
  }

  @Override
  public ImportReport report(SnapshotId snapshot) {
    long id = snapshot.value();
    Optional<TextAccount> text = text(id);
    Captions captions = captions(id);
    Photos photos = photos(id);
    return new ImportReport(
        text.map(account -> OptionalLong.of(account.captionRows())).orElse(OptionalLong.empty()),
        captions.all(),
        captions.empty(),
        captions.repeated(),
        captions.photos(),
        photos.all(),
        photos.repeated(),
        listed(USABLE + " EXCEPT " + DESCRIBED, id),
        listed(DESCRIBED + " EXCEPT " + USABLE, id),
        splits(id),
        rejected(id),
        shared(id),
        emptyAfterCleaning(id),
        text.map(TextAccount::encodings).orElseGet(TreeMap::new));
  }

  private record Captions(long all, long empty, long repeated, long photos) {}

  private Captions captions(long snapshot) {
    return sql.first(
            "SELECT count(*), count(*) FILTER (WHERE text !~ '[^[:space:]]'),"
                + " count(*) - count(DISTINCT (photo_id, text)), count(DISTINCT photo_id)"
                + CAPTIONS,
            row -> new Captions(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
            snapshot)
        .orElseThrow();
  }

  private record Photos(long all, long repeated) {}

  private Photos photos(long snapshot) {
    return sql.first(
            "SELECT count(*), count(*) - count(DISTINCT content)" + PHOTOS,
            row -> new Photos(row.getLong(1), row.getLong(2)),
            snapshot)
        .orElseThrow();
  }

  private Optional<TextAccount> text(long snapshot) {
    return sql.first(
        "SELECT caption_rows, encodings FROM snapshot WHERE id = ? AND caption_rows IS NOT NULL",
        row -> new TextAccount(row.getLong(1), Json.texts(row.getString(2))),
        snapshot);
  }

  private Listed listed(String photos, long snapshot) {
    return new Listed(
        sql.number("SELECT count(*) FROM (" + photos + ") AS found", snapshot, snapshot),
        sql.list(
            photos + " ORDER BY photo_id LIMIT " + ImportReport.LISTED,
            row -> new PhotoId(row.getString(1)),
            snapshot,
            snapshot));
  }

  private SortedMap<String, Long> splits(long snapshot) {
    return counts(
        "SELECT split, count(*) FROM photo_split WHERE snapshot_id = ? GROUP BY split", snapshot);
  }

  private List<Rejected> rejected(long snapshot) {
    List<Rejected> all =
        sql.list(
            "SELECT kind, array_to_string((regexp_split_to_array(reason, '[\\s:,]+'))[1:"
                + RejectedInput.WORDS
                + "], ' ') COLLATE \"C\" AS beginning, count(*) AS count FROM rejected_input"
                + " WHERE snapshot_id = ? GROUP BY kind, beginning"
                + " ORDER BY count DESC, kind, beginning",
            row ->
                new Rejected(
                    RejectedInput.Kind.byId(row.getString(1)).orElseThrow(),
                    row.getString(2),
                    row.getLong(3)),
            snapshot);
    return ReportRepository.withoutTail(all);
  }

  /** Of each other data set its last import that is complete. */
  private SortedMap<String, Long> shared(long snapshot) {
    return counts(
        "WITH others AS (SELECT max(s.id) AS id, d.name FROM snapshot s"
            + " JOIN dataset d ON d.id = s.dataset_id"
            + " WHERE s.content IS NOT NULL AND s.dataset_id <>"
            + " (SELECT dataset_id FROM snapshot WHERE id = ?) GROUP BY d.name)"
            + " SELECT o.name, count(*) FROM photo p JOIN others o ON EXISTS"
            + " (SELECT FROM photo q WHERE q.content = p.content AND q.snapshot_id = o.id)"
            + " WHERE p.snapshot_id = ? GROUP BY o.name",
        snapshot,
        snapshot);
  }

  private SortedMap<String, Long> emptyAfterCleaning(long snapshot) {
    return counts(
        "SELECT p.id, p.empty_captions FROM preparation p JOIN job j ON j.id = p.job_id"
            + " JOIN snapshot s ON s.id = j.snapshot_id JOIN snapshot asked"
            + " ON asked.dataset_id = s.dataset_id AND asked.content = s.content"
            + " WHERE asked.id = ? AND p.published_at IS NOT NULL",
        snapshot);
  }

  private SortedMap<String, Long> counts(String query, Object... parameters) {
    SortedMap<String, Long> counts = new TreeMap<>();
    sql.forEach(
        query,
        row -> Map.entry(row.getString(1), row.getLong(2)),
        entry -> counts.put(entry.getKey(), entry.getValue()),
        parameters);
    return counts;
  }
}
