package org.captionary.domain.memory;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.captionary.domain.memory.Store.InSnapshot;
import org.captionary.domain.memory.Store.JobRow;
import org.captionary.domain.memory.Store.SnapshotRow;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ImportedPhoto;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.preparation.SnapshotRepository;

record InMemorySnapshotRepository(Store store) implements SnapshotRepository {

  private static final Comparator<String> BY_CODE_POINT =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<RejectedInput> BY_PLACE =
      Comparator.comparing(RejectedInput::kind)
          .thenComparing(row -> row.line().orElse(0))
          .thenComparing(RejectedInput::source, BY_CODE_POINT);

  @Override
  public Snapshot open(JobId job, String dataset, ContentHash fingerprint) {
    return rows()
        .filter(row -> row.job().equals(job))
        .map(SnapshotRow::snapshot)
        .findFirst()
        .orElseGet(() -> begin(job, dataset, fingerprint));
  }

  private Snapshot begin(JobId job, String dataset, ContentHash fingerprint) {
    SnapshotId id = new SnapshotId(store.next());
    Snapshot snapshot = new Snapshot(id, dataset, fingerprint, Optional.empty(), Optional.empty());
    store.snapshots.insert(id, new SnapshotRow(job, snapshot));
    return snapshot;
  }

  @Override
  public Optional<Snapshot> find(SnapshotId snapshot) {
    return store.snapshots.find(snapshot).map(SnapshotRow::snapshot);
  }

  @Override
  public Optional<Snapshot> latestComplete(String dataset) {
    return of(dataset).filter(snapshot -> snapshot.content().isPresent()).reduce((a, b) -> b);
  }

  @Override
  public Optional<Snapshot> latest(String dataset) {
    return of(dataset).reduce((a, b) -> b);
  }

  private Stream<SnapshotRow> rows() {
    return store.snapshots.rows();
  }

  private Stream<Snapshot> of(String dataset) {
    return rows().map(SnapshotRow::snapshot).filter(s -> s.dataset().equals(dataset));
  }

  @Override
  public void clearText(SnapshotId snapshot) {
    store.splits.deleteIf(key -> key.snapshot().equals(snapshot));
    store.rejected.deleteIf(
        key ->
            key.snapshot().equals(snapshot)
                && store.rejected.find(key).orElseThrow().kind() != RejectedInput.Kind.PHOTO);
  }

  @Override
  public void addToSplit(SnapshotId snapshot, Split split, Collection<PhotoId> photos) {
    photos.forEach(photo -> store.splits.insertIfAbsent(new InSnapshot<>(snapshot, photo), split));
  }

  @Override
  public Map<PhotoId, Split> splits(SnapshotId snapshot, Collection<PhotoId> photos) {
    return found(store.splits, snapshot, photos);
  }

  private static <K, V> Map<K, V> found(
      Table<InSnapshot<K>, V> table, SnapshotId snapshot, Collection<K> keys) {
    Map<K, V> found = new HashMap<>();
    for (K key : keys) {
      table.find(new InSnapshot<>(snapshot, key)).ifPresent(row -> found.put(key, row));
    }
    return found;
  }

  @Override
  public void textRead(SnapshotId snapshot, Snapshot.TextFiles files) {
    change(
        snapshot,
        s -> new Snapshot(s.id(), s.dataset(), s.fingerprint(), Optional.of(files), s.content()));
  }

  @Override
  public void complete(SnapshotId snapshot, ContentHash content) {
    change(
        snapshot,
        s -> new Snapshot(s.id(), s.dataset(), s.fingerprint(), s.text(), Optional.of(content)));
  }

  private void change(SnapshotId id, UnaryOperator<Snapshot> change) {
    SnapshotRow row = store.snapshots.find(id).orElseThrow();
    store.snapshots.put(id, new SnapshotRow(row.job(), change.apply(row.snapshot())));
  }

  @Override
  public void addRejected(SnapshotId snapshot, List<RejectedInput> rejected) {
    rejected.forEach(row -> store.rejected.insert(new InSnapshot<>(snapshot, store.next()), row));
  }

  @Override
  public void addPhotos(SnapshotId snapshot, List<ImportedPhoto> photos) {
    photos.forEach(photo -> store.imported.insert(new InSnapshot<>(snapshot, photo.id()), photo));
  }

  @Override
  public Set<String> handled(SnapshotId snapshot, Collection<String> fileNames) {
    Set<String> handled =
        rejected(snapshot)
            .filter(row -> row.kind() == RejectedInput.Kind.PHOTO)
            .map(RejectedInput::source)
            .collect(toSet());
    photos(snapshot).map(ImportedPhoto::fileName).forEach(handled::add);
    return fileNames.stream().filter(handled::contains).collect(toSet());
  }

  @Override
  public Map<String, ImportedPhoto> byFileName(SnapshotId snapshot, Collection<String> fileNames) {
    Set<String> asked = Set.copyOf(fileNames);
    return photos(snapshot)
        .filter(photo -> asked.contains(photo.fileName()))
        .collect(toMap(ImportedPhoto::fileName, Function.identity()));
  }

  @Override
  public Map<PhotoId, ImportedPhoto> byId(SnapshotId snapshot, Collection<PhotoId> photos) {
    return found(store.imported, snapshot, photos);
  }

  @Override
  public void forEachPhoto(SnapshotId snapshot, Consumer<ImportedPhoto> consumer) {
    photos(snapshot).sorted(Comparator.comparing(ImportedPhoto::id)).forEach(consumer);
  }

  @Override
  public void forEachRejected(SnapshotId snapshot, Consumer<RejectedInput> consumer) {
    rejected(snapshot).sorted(BY_PLACE).forEach(consumer);
  }

  @Override
  public long countRejected(SnapshotId snapshot) {
    return rejected(snapshot).count();
  }

  private Stream<ImportedPhoto> photos(SnapshotId snapshot) {
    return rowsOf(store.imported, snapshot);
  }

  private Stream<RejectedInput> rejected(SnapshotId snapshot) {
    return rowsOf(store.rejected, snapshot);
  }

  private static <K, V> Stream<V> rowsOf(Table<InSnapshot<K>, V> table, SnapshotId snapshot) {
    return table
        .entries()
        .filter(entry -> entry.getKey().snapshot().equals(snapshot))
        .map(Map.Entry::getValue);
  }

  @Override
  public void discard(SnapshotId snapshot) {
    store.snapshots.deleteIf(snapshot::equals);
    store.deletedSnapshots.insert(snapshot, true);
    store
        .jobs
        .rows()
        .filter(row -> row.job().snapshot().equals(Optional.of(snapshot)))
        .toList()
        .stream()
        .map(row -> new JobRow(InMemoryJobRepository.withoutSnapshot(row.job()), row.identity()))
        .forEach(row -> store.jobs.put(row.job().id(), row));
  }

  /** One snapshot at a time, counted as one row. */
  @Override
  public int sweep(int rows) {
    Optional<SnapshotId> next = store.deletedSnapshots.keys().findFirst();
    next.ifPresent(store::delete);
    store.deletedSnapshots.deleteIf(id -> next.equals(Optional.of(id)));
    return next.isPresent() ? 1 : 0;
  }
}
