package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.training.ExampleRepositoryContract;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresExampleRepositoryTest extends ExampleRepositoryContract {

  @Inject InjectedRepositories repositories;

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
