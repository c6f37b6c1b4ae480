package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;
import org.captionary.domain.preparation.ImportedPhoto;
import org.captionary.domain.preparation.RejectedInput;

/** The rows below a snapshot, one for each photo, split entry and rejected input. */
@ApplicationScoped
@Transactional
class SnapshotContentTables {

  private final Sql sql;

  SnapshotContentTables(Sql sql) {
    this.sql = sql;
  }

  /** Fresh tables have no figures, and the planner's guesses about them are poor. */
  void analyzeText() {
    sql.update("ANALYZE caption");
    sql.update("ANALYZE photo_split");
    sql.update("ANALYZE judgement");
  }

  void analyzePhotos() {
    sql.update("ANALYZE photo");
  }

  void clearText(SnapshotId snapshot) {
    sql.update("DELETE FROM photo_split WHERE snapshot_id = ?", snapshot.value());
    sql.update(
        "DELETE FROM rejected_input WHERE snapshot_id = ? AND kind <> ?",
        snapshot.value(),
        RejectedInput.Kind.PHOTO.id());
  }

  void addToSplit(SnapshotId snapshot, Split split, Collection<PhotoId> photos) {
    sql.copy(
        "photo_split (snapshot_id, photo_id, split)",
        copy -> photos.forEach(p -> copy.row(snapshot.value(), p.value(), split.name())));
  }

  Map<PhotoId, Split> splits(SnapshotId snapshot, Collection<PhotoId> photos) {
    Map<PhotoId, Split> found = new HashMap<>();
    sql.forEach(
        "SELECT photo_id, split FROM photo_split WHERE snapshot_id = ? AND photo_id = ANY (?)",
        row -> Map.entry(new PhotoId(row.getString(1)), new Split(row.getString(2))),
        entry -> found.put(entry.getKey(), entry.getValue()),
        snapshot.value(),
        Columns.ids(photos));
    return found;
  }

  void addRejected(SnapshotId snapshot, List<RejectedInput> rejected) {
    sql.copy(
        "rejected_input (snapshot_id, kind, source, line, text, reason)",
        copy ->
            rejected.forEach(
                r ->
                    copy.row(
                        snapshot.value(),
                        r.kind().id(),
                        r.source(),
                        r.line().isPresent() ? r.line().getAsLong() : null,
                        r.text(),
                        r.reason())));
  }

  void addPhotos(SnapshotId snapshot, List<ImportedPhoto> photos) {
    sql.copy(
        "photo (snapshot_id, photo_id, file_name, size, modified, content)",
        copy ->
            photos.forEach(
                p ->
                    copy.row(
                        snapshot.value(),
                        p.id().value(),
                        p.fileName(),
                        p.stamp().size(),
                        p.stamp().modified(),
                        p.content().bytes())));
  }

  Set<String> handled(SnapshotId snapshot, Collection<String> fileNames) {
    String[] names = fileNames.toArray(String[]::new);
    return new HashSet<>(
        sql.list(
            "SELECT file_name FROM photo WHERE snapshot_id = ? AND file_name = ANY (?)"
                + " UNION SELECT source FROM rejected_input"
                + " WHERE snapshot_id = ? AND kind = ? AND source = ANY (?)",
            row -> row.getString(1),
            snapshot.value(),
            names,
            snapshot.value(),
            RejectedInput.Kind.PHOTO.id(),
            names));
  }

  Map<String, ImportedPhoto> byFileName(SnapshotId snapshot, Collection<String> fileNames) {
    return sql
        .list(
            "SELECT * FROM photo WHERE snapshot_id = ? AND file_name = ANY (?)",
            SnapshotContentTables::photo,
            snapshot.value(),
            fileNames.toArray(String[]::new))
        .stream()
        .collect(Collectors.toMap(ImportedPhoto::fileName, Function.identity()));
  }

  Map<PhotoId, ImportedPhoto> byId(SnapshotId snapshot, Collection<PhotoId> photos) {
    return sql
        .list(
            "SELECT * FROM photo WHERE snapshot_id = ? AND photo_id = ANY (?)",
            SnapshotContentTables::photo,
            snapshot.value(),
            Columns.ids(photos))
        .stream()
        .collect(Collectors.toMap(ImportedPhoto::id, Function.identity()));
  }

  void forEachPhoto(SnapshotId snapshot, Consumer<ImportedPhoto> consumer) {
    sql.forEach(
        "SELECT * FROM photo WHERE snapshot_id = ? ORDER BY photo_id",
        SnapshotContentTables::photo,
        consumer,
        snapshot.value());
  }

  void forEachRejected(SnapshotId snapshot, Consumer<RejectedInput> consumer) {
    sql.forEach(
        "SELECT * FROM rejected_input WHERE snapshot_id = ?"
            + " ORDER BY kind = 'photo', kind, source, line",
        SnapshotContentTables::rejected,
        consumer,
        snapshot.value());
  }

  long countRejected(SnapshotId snapshot) {
    return sql.number(
        "SELECT count(*) FROM rejected_input WHERE snapshot_id = ?", snapshot.value());
  }

  private static ImportedPhoto photo(ResultSet row) throws SQLException {
    return new ImportedPhoto(
        new PhotoId(row.getString("photo_id")),
        row.getString("file_name"),
        new FileStamp(row.getLong("size"), row.getTimestamp("modified").toInstant()),
        ContentHash.ofDigest(row.getBytes("content")));
  }

  private static RejectedInput rejected(ResultSet row) throws SQLException {
    long line = row.getLong("line");
    OptionalLong lineOrNone = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(line);
    return new RejectedInput(
        kind(row.getString("kind")),
        row.getString("source"),
        lineOrNone,
        row.getString("text"),
        row.getString("reason"));
  }

  private static RejectedInput.Kind kind(String id) {
    return RejectedInput.Kind.byId(id)
        .orElseThrow(() -> new IllegalStateException("unknown kind of rejected input: " + id));
  }
}
