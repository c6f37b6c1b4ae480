package org.captionary.domain.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.memory.Store.JobRow;
import org.captionary.domain.memory.Store.PreparationRow;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;

record InMemoryPreparationRepository(Store store) implements PreparationRepository {

  @Override
  public PreparationKey open(JobId job) {
    return begun(job).orElseGet(() -> begin(job));
  }

  @Override
  public Optional<PreparationKey> begun(JobId job) {
    return store
        .preparations
        .entries()
        .filter(entry -> entry.getValue().job().equals(job))
        .filter(entry -> entry.getValue().published().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private PreparationKey begin(JobId job) {
    PreparationKey key = new PreparationKey(store.next());
    store.preparations.insert(key, new PreparationRow(job, Optional.empty(), 0));
    return key;
  }

  @Override
  public boolean publish(Preparation preparation) {
    if (byId(preparation.id()).isPresent()) {
      return false;
    }
    PreparationRow row = store.preparations.find(preparation.key()).orElseThrow();
    store.preparations.put(
        preparation.key(), new PreparationRow(row.job(), Optional.of(preparation), store.next()));
    return true;
  }

  @Override
  public void discard(JobId job) {
    begun(job).ifPresent(this::hide);
  }

  @Override
  public boolean delete(PreparationId id) {
    Optional<Preparation> found = byId(id);
    found.map(Preparation::key).ifPresent(this::hide);
    store
        .jobs
        .rows()
        .filter(row -> row.job().preparation().equals(Optional.of(id)))
        .toList()
        .stream()
        .map(row -> new JobRow(InMemoryJobRepository.withoutPreparation(row.job()), row.identity()))
        .forEach(row -> store.jobs.put(row.job().id(), row));
    return found.isPresent();
  }

  private void hide(PreparationKey key) {
    store.preparations.deleteIf(key::equals);
    store.deletedPreparations.insert(key, true);
  }

  /** One preparation at a time, counted as one row. */
  @Override
  public int sweep(int rows) {
    Optional<PreparationKey> next = store.deletedPreparations.keys().findFirst();
    next.ifPresent(store::delete);
    store.deletedPreparations.deleteIf(key -> next.equals(Optional.of(key)));
    return next.isPresent() ? 1 : 0;
  }

  @Override
  public Optional<Preparation> byId(PreparationId id) {
    return published().filter(preparation -> preparation.id().equals(id)).findFirst();
  }

  @Override
  public List<Preparation> all() {
    return published().toList();
  }

  private Stream<Preparation> published() {
    return store
        .preparations
        .rows()
        .sorted(Comparator.comparingLong(PreparationRow::number).reversed())
        .flatMap(row -> row.published().stream());
  }
}
