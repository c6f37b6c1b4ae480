package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;

/**
 * A node without a session is dead once it is silent, and one with a session is not. In
 * transactions that nobody commits, as the service itself looks too.
 */
@QuarkusTest
@TestTransaction
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DeadNodesTest {

  private static final Duration SILENT = DeadNodes.SILENCE.plusMillis(500);

  @Inject DeadNodes nodes;
  @Inject NodeName name;
  @Inject DataSource source;
  @Inject Scheduler scheduler;

  @Test
  void isLookedForAgainAndAgain() {
    assertThat(scheduler.getScheduledJob("dead-nodes")).isNotNull();
  }

  @Test
  void everyConnectionTellsItsNode() throws SQLException {
    assertThat(texts("SHOW application_name")).containsExactly(name.value());
  }

  @Test
  void whatASilentNodeWithoutASessionHeldIsOutOfDate() throws SQLException {
    hold("silent", "gone", SILENT);
    nodes.look(Duration.ZERO);
    assertThat(outOfDate()).containsExactly("silent");
  }

  @Test
  void aNodeThatBeatsIsAliveWithoutASession() throws SQLException {
    hold("beats", "gone", Duration.ZERO);
    nodes.look(Duration.ZERO);
    assertThat(outOfDate()).isEmpty();
  }

  @Test
  void aSilentNodeWithASessionIsWaitedFor() throws SQLException {
    hold("waits", name.value(), SILENT);
    nodes.look(Duration.ZERO);
    assertThat(outOfDate()).isEmpty();
  }

  @Test
  void nobodyIsDeadWhileNodesMayConnectAnew() throws SQLException {
    hold("returns", "gone", SILENT);
    nodes.look(Duration.ofDays(365));
    assertThat(outOfDate()).isEmpty();
  }

  /** One execution, of a task that no node knows. */
  private void hold(String execution, String node, Duration silentFor) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked,"
                    + " picked_by, last_heartbeat, version) VALUES ('held', ?, now(), true, ?, ?, 1)")) {
      insert.setString(1, execution);
      insert.setString(2, node);
      insert.setTimestamp(3, Timestamp.from(Instant.now().minus(silentFor)));
      insert.executeUpdate();
    }
  }

  private List<String> outOfDate() throws SQLException {
    return texts(
        "SELECT task_instance FROM scheduled_tasks WHERE task_name = 'held'"
            + " AND last_heartbeat < now() - interval '30 minutes'");
  }

  private List<String> texts(String query) throws SQLException {
    return Rows.texts(source, query);
  }
}
