package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.access.TokenRepository;
import org.captionary.domain.access.TokenRepositoryContract;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresTokenRepositoryTest extends TokenRepositoryContract {

  @Inject TokenRepository tokens;

  @Override
  protected TokenRepository tokens() {
    return tokens;
  }
}
