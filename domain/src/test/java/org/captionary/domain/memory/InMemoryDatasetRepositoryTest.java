package org.captionary.domain.memory;

import org.captionary.domain.preparation.DatasetRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryDatasetRepositoryTest extends DatasetRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
