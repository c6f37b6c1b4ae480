package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.Recipe;
import org.junit.jupiter.api.Test;

/** In transactions that nobody commits, so that no node takes what waits. */
@QuarkusTest
@TestTransaction
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DistributedJobQueueTest {

  private static final Instant EARLY = Instant.parse("2020-01-01T00:00:00Z");

  private static final String WAITING =
      "SELECT task_instance FROM scheduled_tasks WHERE task_instance LIKE '100000_/%'"
          + " ORDER BY priority DESC, execution_time";

  private final Job first = job(1_000_001, EARLY);
  private final Job second = job(1_000_002, EARLY.plusSeconds(1));

  @Inject JobQueue queue;
  @Inject DataSource source;

  private static Job job(long id, Instant created) {
    return new Job(
        new JobId(id),
        "d",
        Recipe.TUTORIAL,
        false,
        JobState.RUNNING,
        Optional.empty(),
        Optional.of(Phase.CLEAN),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        created,
        Optional.empty(),
        Optional.empty());
  }

  private void enqueue(Job job, int... numbers) {
    List<ChunkId> chunks = new ArrayList<>();
    for (int number : numbers) {
      chunks.add(new ChunkId(job.id(), Phase.CLEAN, number));
    }
    queue.enqueue(job, chunks);
  }

  @Test
  void keepsTheOrderOfJobsAndChunks() throws SQLException {
    enqueue(second, 0);
    enqueue(first, 0, 1, 2);
    enqueue(first, 2, 1, 0, 3);

    assertThat(texts())
        .containsExactly(
            "1000001/CLEAN/0",
            "1000001/CLEAN/1",
            "1000001/CLEAN/2",
            "1000001/CLEAN/3",
            "1000002/CLEAN/0");
  }

  /** Or what follows it would wait for all that came later. */
  @Test
  void whatIsTriedAgainComesBeforeLaterJobs() throws SQLException {
    enqueue(first, 0);
    enqueue(second, 0, 1);
    update(
        "UPDATE scheduled_tasks SET execution_time = execution_time + interval '1 hour'"
            + " WHERE task_instance = '1000001/CLEAN/0'");

    assertThat(texts()).containsExactly("1000001/CLEAN/0", "1000002/CLEAN/0", "1000002/CLEAN/1");
  }

  @Test
  void aJobOfANodeWhoseClockIsAheadIsDueAtOnce() throws SQLException {
    enqueue(job(1_000_003, Instant.parse("2200-01-01T00:00:00Z")), 0);

    assertThat(texts()).containsExactly("1000003/CLEAN/0");
    update(
        "DELETE FROM scheduled_tasks WHERE task_instance = '1000003/CLEAN/0'"
            + " AND execution_time <= now() + interval '1 second'");
    assertThat(texts()).isEmpty();
  }

  @Test
  void withdrawsOfOneJobWhatNoNodeHasInHand() throws SQLException {
    enqueue(first, 0, 1);
    enqueue(second, 0);
    update("UPDATE scheduled_tasks SET picked = true WHERE task_instance = '1000001/CLEAN/1'");

    queue.withdraw(first.id());

    assertThat(texts()).containsExactly("1000001/CLEAN/1", "1000002/CLEAN/0");
  }

  private List<String> texts() throws SQLException {
    return Rows.texts(source, WAITING);
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
