package org.captionary.domain.memory;

import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.vocabulary.VocabularyRepositoryContract;

final class InMemoryVocabularyRepositoryTest extends VocabularyRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
