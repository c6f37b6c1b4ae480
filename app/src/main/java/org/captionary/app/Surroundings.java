package org.captionary.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.captionary.app.database.EmbeddedDatabase;
import org.captionary.app.door.AccessTokens;
import org.eclipse.microprofile.config.Config;

/**
 * What must be there before Quarkus starts and until it has stopped: the data directory, the
 * tokens, and a database. To be closed once Quarkus has stopped; a signal waits for that.
 */
final class Surroundings {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String USERNAME = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";

  private final Optional<EmbeddedDatabase> database;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Surroundings(Optional<EmbeddedDatabase> database) {
    this.database = database;
  }

  /**
   * Prepares everything, and sees to it that the process does not end before it is put away.
   *
   * @throws StartupException if something cannot be had
   */
  static Surroundings prepare(Config config) {
    Path dataDirectory = DataDirectory.open(config);
    AccessTokens.open(config, dataDirectory, System.out);
    Optional<EmbeddedDatabase> database =
        isDatabaseConfigured(config) ? Optional.empty() : Optional.of(startDatabase(dataDirectory));
    Surroundings surroundings = new Surroundings(database);
    // Quarkus stops in a hook of its own; the JVM ends when the last hook has.
    Runtime.getRuntime().addShutdownHook(new Thread(surroundings::awaitClosed, "stop-database"));
    return surroundings;
  }

  private static boolean isDatabaseConfigured(Config config) {
    return config.getOptionalValue(JDBC_URL, String.class).isPresent();
  }

  private static EmbeddedDatabase startDatabase(Path dataDirectory) {
    EmbeddedDatabase database = EmbeddedDatabase.start(dataDirectory.resolve("postgresql"));
    System.setProperty(JDBC_URL, database.jdbcUrl());
    System.setProperty(USERNAME, database.user());
    System.setProperty(PASSWORD, database.password());
    return database;
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts all away; Quarkus must have stopped. */
  void close() {
    try {
      database.ifPresent(EmbeddedDatabase::close);
    } finally {
      closed.countDown();
    }
  }
}
