package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/** Which node may do a duty: the one that claims a fire time first. */
@Singleton
class DutyClaims {

  private static final String CLAIM =
      "INSERT INTO duty (name, fired_at) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET fired_at = excluded.fired_at"
          + " WHERE duty.fired_at < excluded.fired_at";

  private final DataSource dataSource;

  DutyClaims(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Claims a fire time, part of the transaction under way; another claim of the same duty waits for
   * its end. No clock is asked: nodes whose clocks differ claim the same time, one after the other.
   *
   * @param fireTime when the trigger was to fire, the same on all nodes
   * @return false if this or a later time was claimed before
   */
  boolean claim(String duty, Instant fireTime) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, duty);
      statement.setTimestamp(2, Timestamp.from(fireTime));
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a duty cannot be claimed: " + e.getMessage(), e);
    }
  }
}
