package org.captionary.domain.memory;

import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.SnapshotRepositoryContract;

final class InMemorySnapshotRepositoryTest extends SnapshotRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
