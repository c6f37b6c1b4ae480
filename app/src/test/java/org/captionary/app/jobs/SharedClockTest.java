package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.UnitOfWork;
import org.junit.jupiter.api.Test;

/** What time it is, PostgreSQL decides; db-scheduler asks nobody else. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SharedClockTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Inject DataSource source;
  @Inject NodeName node;
  @Inject Probe probe;
  @Inject UnitOfWork unit;

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aClockThatRunsAheadIsSetRight() throws SQLException {
    SharedClock clock = new SharedClock(source, nanos::get);
    nanos.addAndGet(HOUR.toNanos());
    Instant before = databaseTime();
    clock.read();
    assertThat(clock.now()).isBetween(before, databaseTime());
  }

  @Test
  void timeGoesOnBetweenReadings() throws SQLException {
    SharedClock clock = new SharedClock(source, nanos::get);
    clock.read();
    Instant read = clock.now();
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(clock.now()).isEqualTo(read.plusSeconds(7));
  }

  /** What is due in half an hour runs at once where it is an hour later. */
  @Test
  void whatIsDueIsDecidedByIt() throws Exception {
    SharedClock ahead = new SharedClock(source, nanos::get);
    nanos.addAndGet(HOUR.toNanos());
    ClusterScheduler scheduler =
        new ClusterScheduler(
            source,
            List.of(probe),
            new StopSignal(),
            new NodeRole("all"),
            node,
            ahead,
            Optional.of("1"));
    Instant later = Instant.now().plus(HOUR.dividedBy(2));
    unit.run(() -> scheduler.schedule(probe.execution("later"), later));
    scheduler.start(null);
    probe.awaitRunning(1);
    probe.letGo();
    scheduler.stop(null);
  }

  private Instant databaseTime() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
