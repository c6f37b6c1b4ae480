package org.captionary.domain.memory;

import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.UnitOfWorkContract;

final class InMemoryUnitOfWorkTest extends UnitOfWorkContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
