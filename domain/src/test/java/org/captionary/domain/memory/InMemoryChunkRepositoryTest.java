package org.captionary.domain.memory;

import org.captionary.domain.preparation.ChunkRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryChunkRepositoryTest extends ChunkRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
