package org.captionary.domain.memory;

import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.ScoreRepositoryContract;

final class InMemoryScoreRepositoryTest extends ScoreRepositoryContract {

  private final InMemoryRepositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  @Override
  protected ScoreRepository scores() {
    return repositories.scores();
  }
}
