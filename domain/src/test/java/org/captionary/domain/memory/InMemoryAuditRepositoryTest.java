package org.captionary.domain.memory;

import org.captionary.domain.access.AuditRepository;
import org.captionary.domain.access.AuditRepositoryContract;

final class InMemoryAuditRepositoryTest extends AuditRepositoryContract {

  private final AuditRepository audit = new InMemoryAuditRepository();

  @Override
  protected AuditRepository audit() {
    return audit;
  }
}
