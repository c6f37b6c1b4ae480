package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.PreparationRepositoryContract;
import org.captionary.domain.preparation.Repositories;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresPreparationRepositoryTest extends PreparationRepositoryContract {

  @Inject InjectedRepositories repositories;

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
