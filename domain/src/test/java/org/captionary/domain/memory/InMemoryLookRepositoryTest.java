package org.captionary.domain.memory;

import org.captionary.domain.preparation.LookRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryLookRepositoryTest extends LookRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
