package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.FrequencyRepositoryContract;
import org.captionary.domain.preparation.Repositories;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresFrequencyRepositoryTest extends FrequencyRepositoryContract {

  @Inject InjectedRepositories repositories;
  @Inject FrequencyRepository frequencies;

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  @Override
  protected FrequencyRepository frequencies() {
    return frequencies;
  }
}
