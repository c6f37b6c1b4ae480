package org.captionary.domain.memory;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.JobRow;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;

record InMemoryDatasetRepository(Store store) implements DatasetRepository {

  @Override
  public boolean add(Dataset dataset) {
    return store.datasets.insertIfAbsent(dataset.name(), dataset);
  }

  @Override
  public Optional<Dataset> byName(String name) {
    return store.datasets.find(name);
  }

  @Override
  public boolean lock(String name) {
    return store.datasets.contains(name);
  }

  @Override
  public void delete(String name) {
    List<SnapshotId> snapshots =
        store
            .snapshots
            .entries()
            .filter(entry -> entry.getValue().snapshot().dataset().equals(name))
            .map(Map.Entry::getKey)
            .toList();
    snapshots.forEach(snapshot -> store.deletedSnapshots.insert(snapshot, true));
    store.snapshots.deleteIf(snapshots::contains);
    Set<JobId> jobs =
        store
            .jobs
            .rows()
            .map(JobRow::job)
            .filter(job -> job.dataset().equals(name))
            .map(Job::id)
            .collect(toSet());
    List<PreparationKey> preparations =
        store
            .preparations
            .entries()
            .filter(entry -> jobs.contains(entry.getValue().job()))
            .map(Map.Entry::getKey)
            .toList();
    preparations.forEach(key -> store.deletedPreparations.insert(key, true));
    store.preparations.deleteIf(preparations::contains);
    store.jobs.deleteIf(jobs::contains);
    store.looks.deleteIf(name::equals);
    store.datasets.deleteIf(name::equals);
  }

  @Override
  public List<Dataset> all() {
    return store.datasets.rows().sorted(Comparator.comparing(Dataset::name)).toList();
  }
}
