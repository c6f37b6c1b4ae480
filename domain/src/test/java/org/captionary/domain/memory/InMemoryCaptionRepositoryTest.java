package org.captionary.domain.memory;

import org.captionary.domain.caption.CaptionRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryCaptionRepositoryTest extends CaptionRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
