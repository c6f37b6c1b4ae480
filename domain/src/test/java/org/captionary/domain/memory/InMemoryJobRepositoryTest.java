package org.captionary.domain.memory;

import org.captionary.domain.preparation.JobRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryJobRepositoryTest extends JobRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
