package org.captionary.persistence.postgres;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import org.captionary.domain.preparation.UnitOfWork;

@ApplicationScoped
class PostgresUnitOfWork implements UnitOfWork {

  @Override
  public void run(Runnable work) {
    QuarkusTransaction.joiningExisting().run(work);
  }
}
