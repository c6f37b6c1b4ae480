package org.captionary.app.jobs;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobQueue;

/**
 * Chunks as executions of db-scheduler. Those of earlier jobs have priority, also when they are due
 * later, as after a failure. They are written straight into its table: thousands in one statement,
 * and those that stand there already are passed over.
 */
@Singleton
@Transactional
public class DistributedJobQueue implements JobQueue {

  private static final String ENQUEUE =
      "INSERT INTO scheduled_tasks"
          + " (task_name, task_instance, execution_time, priority, picked, version)"
          + " SELECT ?, instance, least(?::timestamptz, now()) + place * interval '1 microsecond', ?, false, 1"
          + " FROM unnest(?::text[]) WITH ORDINALITY AS chunk (instance, place)"
          + " ON CONFLICT DO NOTHING";
  private static final String WITHDRAW =
      "DELETE FROM scheduled_tasks WHERE task_instance LIKE ? AND NOT picked";

  private final DataSource dataSource;
  private final Instance<ClusterScheduler> scheduler;

  /**
   * @param scheduler looked up late, as what it runs leads back to here
   */
  DistributedJobQueue(DataSource dataSource, Instance<ClusterScheduler> scheduler) {
    this.dataSource = dataSource;
    this.scheduler = scheduler;
  }

  @Override
  public void enqueue(Job job, List<ChunkId> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    String[] instances = chunks.stream().map(ChunkTasks::instance).toArray(String[]::new);
    write(
        ENQUEUE,
        (connection, statement) -> {
          statement.setString(1, ChunkTasks.name(job, chunks.get(0).phase()));
          statement.setTimestamp(2, Timestamp.from(job.createdAt()));
          statement.setInt(3, priority(job.id()));
          statement.setArray(4, connection.createArrayOf("text", instances));
        });
  }

  /** Falls from job to job; the column holds 16 bits, so that it begins anew at times. */
  private static int priority(JobId job) {
    return (int) -(job.value() % (1 << 15));
  }

  @Override
  public void withdraw(JobId job) {
    write(
        WITHDRAW,
        (connection, statement) -> statement.setString(1, ChunkTasks.instancesOf(job) + "%"));
  }

  @Override
  public void wake() {
    scheduler.get().wake();
  }

  @FunctionalInterface
  private interface Parameters {
    void set(Connection connection, PreparedStatement statement) throws SQLException;
  }

  private void write(String sql, Parameters parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(connection, statement);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the queue cannot be written: " + e.getMessage(), e);
    }
  }
}
