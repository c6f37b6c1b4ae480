package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * PostgreSQL's clock, which is the same for all nodes: one whose own is ten seconds behind would
 * else be thought dead by the others for as long as it lives.
 */
@Singleton
class SharedClock implements Clock {

  private static final Logger LOG = Logger.getLogger(SharedClock.class);
  private static final String INTERVAL = "10s";
  private static final int BEFORE_OTHERS = 1;

  private final DataSource dataSource;
  private final LongSupplier nanos;
  private volatile Reading reading;

  private record Reading(Instant time, long nanos) {}

  @Inject
  SharedClock(DataSource dataSource) {
    this(dataSource, System::nanoTime);
  }

  SharedClock(DataSource dataSource, LongSupplier nanos) {
    this.dataSource = dataSource;
    this.nanos = nanos;
    this.reading = new Reading(Instant.now(), nanos.getAsLong());
  }

  /** Goes on from the last reading however this machine's own time is set meanwhile. */
  @Override
  public Instant now() {
    Reading last = reading;
    return last.time().plusNanos(nanos.getAsLong() - last.nanos());
  }

  void start(
      @Observes @Priority(BEFORE_OTHERS) StartupEvent event, Scheduler scheduler, NodeRole role) {
    if (role.prepares()) {
      tryToRead();
      scheduler
          .newJob("shared-clock")
          .setInterval(INTERVAL)
          .setDelayed(INTERVAL)
          .setTask(execution -> tryToRead())
          .schedule();
    }
  }

  private void tryToRead() {
    try {
      read();
    } catch (SQLException e) {
      LOG.debugf("the time is not read: %s", e.getMessage());
    }
  }

  void read() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      long before = nanos.getAsLong();
      try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
        long after = nanos.getAsLong();
        row.next();
        Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
        reading = new Reading(time, before + (after - before) / 2);
      }
    }
  }
}
