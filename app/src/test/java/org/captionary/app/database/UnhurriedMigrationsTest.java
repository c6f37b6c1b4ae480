package org.captionary.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** With a migration of two seconds on connections that wait for one. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class UnhurriedMigrationsTest {

  private static final String SCHEMA = "slow_migration";

  @Inject Flyway flyway;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @AfterEach
  void clean() {
    slow().clean();
  }

  @Test
  void aMigrationMayTakeLongerThanOtherStatements() {
    assertThat(slow(new UnhurriedMigrations()).migrate().migrationsExecuted).isEqualTo(1);
  }

  @Test
  void whichItWouldNotWithoutThem() {
    assertThatThrownBy(() -> slow().migrate()).isInstanceOf(FlywayException.class);
  }

  @Test
  void theServiceHasThem() {
    assertThat(flyway.getConfiguration().getCallbacks())
        .hasAtLeastOneElementOfType(UnhurriedMigrations.class);
  }

  private Flyway slow(Callback... callbacks) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setSocketTimeout(1);
    return Flyway.configure()
        .dataSource(source)
        .schemas(SCHEMA)
        .locations("classpath:slow-migration")
        .cleanDisabled(false)
        .callbacks(callbacks)
        .load();
  }
}
