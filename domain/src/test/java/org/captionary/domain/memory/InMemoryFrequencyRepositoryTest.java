package org.captionary.domain.memory;

import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.FrequencyRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryFrequencyRepositoryTest extends FrequencyRepositoryContract {

  private final InMemoryRepositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  @Override
  protected FrequencyRepository frequencies() {
    return repositories.frequencies();
  }
}
