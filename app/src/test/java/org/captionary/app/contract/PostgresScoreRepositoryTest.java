package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.ScoreRepositoryContract;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresScoreRepositoryTest extends ScoreRepositoryContract {

  @Inject InjectedRepositories repositories;
  @Inject ScoreRepository scores;

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  @Override
  protected ScoreRepository scores() {
    return scores;
  }
}
