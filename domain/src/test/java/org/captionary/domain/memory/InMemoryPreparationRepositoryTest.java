package org.captionary.domain.memory;

import org.captionary.domain.preparation.PreparationRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryPreparationRepositoryTest extends PreparationRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
