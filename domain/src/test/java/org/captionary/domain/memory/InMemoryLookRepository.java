package org.captionary.domain.memory;

import java.util.Optional;
import org.captionary.domain.preparation.LookRepository;

record InMemoryLookRepository(Store store) implements LookRepository {

  @Override
  public Optional<Look> last(String dataset) {
    return store.looks.find(dataset);
  }

  @Override
  public void note(String dataset, Look look) {
    if (store.datasets.contains(dataset)) {
      store.looks.put(dataset, look);
    }
  }

  @Override
  public void forget(String dataset) {
    store.looks.deleteIf(dataset::equals);
  }
}
