package org.captionary.app.contract;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.access.AuditRepository;
import org.captionary.domain.access.AuditRepositoryContract;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresAuditRepositoryTest extends AuditRepositoryContract {

  @Inject AuditRepository audit;

  @Override
  protected AuditRepository audit() {
    return audit;
  }
}
