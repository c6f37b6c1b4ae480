package org.captionary.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.captionary.domain.preparation.UnitOfWork;

/** Two units of work at once, of which one has to wait for the other. */
@Singleton
class Contention {

  private final UnitOfWork unit;
  private final DataSource source;

  Contention(UnitOfWork unit, DataSource source) {
    this.unit = unit;
    this.source = source;
  }

  /**
   * Runs both; the second begins behind the first's beginning, and waits before the first's end.
   */
  void run(Runnable beginning, Runnable second, Runnable end) {
    CompletableFuture<?>[] other = new CompletableFuture<?>[1];
    unit.run(
        () -> {
          beginning.run();
          other[0] = CompletableFuture.runAsync(() -> unit.run(second));
          awaitWaiting(other[0]);
          end.run();
        });
    other[0].join();
  }

  private void awaitWaiting(CompletableFuture<?> other) {
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      while (!isAnyWaiting(sql)) {
        assertThat(other).as("did not wait").isNotDone();
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAnyWaiting(Statement sql) throws SQLException {
    try (ResultSet found = sql.executeQuery("SELECT FROM pg_locks WHERE NOT granted")) {
      return found.next();
    }
  }
}
