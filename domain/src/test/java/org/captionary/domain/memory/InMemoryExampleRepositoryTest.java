package org.captionary.domain.memory;

import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.training.ExampleRepositoryContract;

final class InMemoryExampleRepositoryTest extends ExampleRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
