package org.captionary.domain.memory;

import org.captionary.domain.photo.PhotoRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryPhotoRepositoryTest extends PhotoRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
