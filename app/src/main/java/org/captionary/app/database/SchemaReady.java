package org.captionary.app.database;

import jakarta.enterprise.context.ApplicationScoped;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/**
 * Ready once no migration is left to run, also when someone else is to run them, and a preparation
 * has been asked for: the first such question takes a third of a second, which no trainer need
 * wait.
 */
@Readiness
@ApplicationScoped
class SchemaReady implements HealthCheck {

  private static final PreparationId NONE = new PreparationId("0000000000000000");

  private final Flyway flyway;
  private final PreparationRepository preparations;
  private volatile boolean ready;

  SchemaReady(Flyway flyway, PreparationRepository preparations) {
    this.flyway = flyway;
    this.preparations = preparations;
  }

  @Override
  public HealthCheckResponse call() {
    // Migrations never go back, so that what was seen once is asked no more.
    ready = ready || isComplete() && hasAnswered();
    return HealthCheckResponse.named("Database schema").status(ready).build();
  }

  private boolean isComplete() {
    return flyway.info().pending().length == 0;
  }

  private boolean hasAnswered() {
    return preparations.byId(NONE).isEmpty();
  }
}
