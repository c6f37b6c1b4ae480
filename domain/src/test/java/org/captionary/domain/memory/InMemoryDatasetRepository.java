package org.captionary.domain.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;

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
  public List<Dataset> all() {
    return store.datasets.rows().sorted(Comparator.comparing(Dataset::name)).toList();
  }
}
