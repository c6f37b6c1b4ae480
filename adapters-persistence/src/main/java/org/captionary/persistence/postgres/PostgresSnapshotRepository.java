package org.captionary.persistence.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ImportedPhoto;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.SnapshotRepository;

@ApplicationScoped
@Transactional
class PostgresSnapshotRepository implements SnapshotRepository {

  private static final Sweep SWEEP =
      new Sweep(
          "snapshot",
          "id",
          "dataset_id IS NULL",
          "snapshot_id",
          List.of("photo", "caption", "photo_split", "judgement", "rejected_input"));

  private final SnapshotRows rows;
  private final PostgresDatasetRepository.DatasetRows datasets;
  private final SnapshotContentTables contents;
  private final Sql sql;

  PostgresSnapshotRepository(
      SnapshotRows rows,
      PostgresDatasetRepository.DatasetRows datasets,
      SnapshotContentTables contents,
      Sql sql) {
    this.rows = rows;
    this.datasets = datasets;
    this.contents = contents;
    this.sql = sql;
  }

  @Override
  public Snapshot open(JobId job, String dataset, ContentHash fingerprint) {
    return rows.ofJob(job).orElseGet(() -> add(job, dataset, fingerprint)).toDomain();
  }

  private SnapshotEntity add(JobId job, String dataset, ContentHash fingerprint) {
    SnapshotEntity row = new SnapshotEntity();
    row.jobId = job.value();
    row.dataset = datasets.byName(dataset).orElseThrow();
    row.fingerprint = fingerprint.hex();
    rows.persistAndFlush(row);
    return row;
  }

  @Override
  public Optional<Snapshot> find(SnapshotId snapshot) {
    return rows.find("id = ?1 and dataset is not null", snapshot.value())
        .firstResultOptional()
        .map(SnapshotEntity::toDomain);
  }

  @Override
  public Optional<Snapshot> latestComplete(String dataset) {
    return rows.latest("dataset.name = ?1 and content is not null", dataset);
  }

  @Override
  public Optional<Snapshot> latest(String dataset) {
    return rows.latest("dataset.name", dataset);
  }

  @Override
  public void textRead(SnapshotId snapshot, Snapshot.TextFiles files) {
    rows.findById(snapshot.value()).setText(files);
    rows.flush();
    contents.analyzeText();
  }

  @Override
  public void complete(SnapshotId snapshot, ContentHash content) {
    rows.findById(snapshot.value()).content = content.hex();
    rows.flush();
    contents.analyzePhotos();
  }

  @Override
  public void discard(SnapshotId snapshot) {
    sql.update("UPDATE job SET snapshot_id = NULL WHERE snapshot_id = ?", snapshot.value());
    sql.update(
        "UPDATE snapshot SET job_id = NULL, dataset_id = NULL WHERE id = ?", snapshot.value());
  }

  @Override
  public int sweep(int most) {
    return SWEEP.run(sql, most);
  }

  @Override
  public void clearText(SnapshotId snapshot) {
    contents.clearText(snapshot);
  }

  @Override
  public void addToSplit(SnapshotId snapshot, Split split, Collection<PhotoId> photos) {
    Set<PhotoId> open = new HashSet<>(photos);
    open.removeAll(contents.splits(snapshot, photos).keySet());
    contents.addToSplit(snapshot, split, open);
  }

  @Override
  public Map<PhotoId, Split> splits(SnapshotId snapshot, Collection<PhotoId> photos) {
    return contents.splits(snapshot, photos);
  }

  @Override
  public void addRejected(SnapshotId snapshot, List<RejectedInput> rejected) {
    contents.addRejected(snapshot, rejected);
  }

  @Override
  public void addPhotos(SnapshotId snapshot, List<ImportedPhoto> photos) {
    contents.addPhotos(snapshot, photos);
  }

  @Override
  public Set<String> handled(SnapshotId snapshot, Collection<String> fileNames) {
    return contents.handled(snapshot, fileNames);
  }

  @Override
  public Map<String, ImportedPhoto> byFileName(SnapshotId snapshot, Collection<String> fileNames) {
    return contents.byFileName(snapshot, fileNames);
  }

  @Override
  public Map<PhotoId, ImportedPhoto> byId(SnapshotId snapshot, Collection<PhotoId> photos) {
    return contents.byId(snapshot, photos);
  }

  @Override
  public void forEachPhoto(SnapshotId snapshot, Consumer<ImportedPhoto> consumer) {
    contents.forEachPhoto(snapshot, consumer);
  }

  @Override
  public void forEachRejected(SnapshotId snapshot, Consumer<RejectedInput> consumer) {
    contents.forEachRejected(snapshot, consumer);
  }

  @Override
  public long countRejected(SnapshotId snapshot) {
    return contents.countRejected(snapshot);
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class SnapshotRows implements PanacheRepository<SnapshotEntity> {

    Optional<SnapshotEntity> ofJob(JobId job) {
      return find("jobId", job.value()).firstResultOptional();
    }

    Optional<Snapshot> latest(String where, Object parameter) {
      return find(where, Sort.descending("id"), parameter)
          .firstResultOptional()
          .map(SnapshotEntity::toDomain);
    }
  }
}
