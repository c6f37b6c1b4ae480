package org.captionary.app.jobs;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Finds nodes whose process has ended before they have missed all of their heartbeats: the kernel
 * closes a dead process's connections, and PostgreSQL shows no session of its name any more. What
 * such a node had in hand is made out of date, and db-scheduler revives it on the next look.
 *
 * <p>Looked for on every node that prepares. A node that beats is never thought dead, whether its
 * sessions are seen or not; one whose machine is lost, and its sessions stay, misses its
 * heartbeats.
 */
@Singleton
class DeadNodes {

  /** Three heartbeats that did not come, before anybody looks for sessions. */
  static final Duration SILENCE = Duration.ofMillis(1_500);

  /** Since the server started: before, nodes may not have connected anew. */
  static final Duration RETURN = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(DeadNodes.class);
  private static final String INTERVAL = "1s";

  private static final String AGE =
      "UPDATE scheduled_tasks SET last_heartbeat = last_heartbeat - interval '1 hour'"
          + " WHERE picked AND last_heartbeat < now() - ? * interval '1 millisecond'"
          // Later all heartbeats are missed anyway.
          + " AND last_heartbeat > now() - interval '1 minute'"
          + " AND pg_postmaster_start_time() <= now() - ? * interval '1 second'"
          + " AND NOT EXISTS ("
          + "SELECT FROM pg_stat_activity WHERE datname = current_database()"
          + " AND application_name = picked_by)";

  private final DataSource dataSource;
  private final Scheduler scheduler;
  private final NodeRole role;

  DeadNodes(DataSource dataSource, Scheduler scheduler, NodeRole role) {
    this.dataSource = dataSource;
    this.scheduler = scheduler;
    this.role = role;
  }

  void start(@Observes StartupEvent event) {
    if (role.prepares()) {
      scheduler
          .newJob("dead-nodes")
          .setInterval(INTERVAL)
          .setTask(execution -> tryToLook())
          .schedule();
    }
  }

  private void tryToLook() {
    try {
      look(RETURN);
    } catch (SQLException e) {
      LOG.debugf("nodes are not looked for: %s", e.getMessage());
    }
  }

  /**
   * @param since for how long the server must have been up
   */
  void look(Duration since) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(AGE)) {
      statement.setLong(1, SILENCE.toMillis());
      statement.setLong(2, since.toSeconds());
      statement.executeUpdate();
    }
  }
}
