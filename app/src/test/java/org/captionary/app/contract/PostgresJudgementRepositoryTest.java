package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.caption.JudgementRepositoryContract;
import org.captionary.domain.preparation.Repositories;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresJudgementRepositoryTest extends JudgementRepositoryContract {

  @Inject InjectedRepositories repositories;

  @Override
  protected Repositories repositories() {
    return repositories;
  }
}
