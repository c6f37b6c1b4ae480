package org.captionary.domain.memory;

import org.captionary.domain.caption.JudgementRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryJudgementRepositoryTest extends JudgementRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
