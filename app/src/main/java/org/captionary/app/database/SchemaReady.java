package org.captionary.app.database;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/** Ready once no migration is left to run; also when someone else is to run them. */
@Readiness
@ApplicationScoped
class SchemaReady implements HealthCheck {

  private final Flyway flyway;
  private volatile boolean ready;

  SchemaReady(Flyway flyway) {
    this.flyway = flyway;
  }

  @Override
  public HealthCheckResponse call() {
    // Migrations never go back, so that what was seen once is asked no more.
    ready = ready || flyway.info().pending().length == 0;
    return HealthCheckResponse.named("Database schema").status(ready).build();
  }
}
