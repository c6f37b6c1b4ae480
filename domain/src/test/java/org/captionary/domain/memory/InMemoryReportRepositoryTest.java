package org.captionary.domain.memory;

import org.captionary.domain.preparation.ReportRepositoryContract;
import org.captionary.domain.preparation.Repositories;

final class InMemoryReportRepositoryTest extends ReportRepositoryContract {

  private final Repositories repositories = new InMemoryRepositories();

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
