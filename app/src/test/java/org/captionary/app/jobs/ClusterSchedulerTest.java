package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is scheduled runs on a node of those on the database, and on no more threads than it has.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ClusterSchedulerTest {

  private static final String PICKED =
      "SELECT picked_by FROM scheduled_tasks WHERE picked AND task_name = 'probe'";

  @Inject ClusterScheduler scheduler;
  @Inject NodeName node;
  @Inject Probe probe;
  @Inject UnitOfWork unit;
  @Inject DataSource source;
  @Inject SharedClock clock;

  @AfterEach
  void letGo() {
    probe.letGo();
  }

  @Test
  void anExecutionRunsUnderTheNodesName() throws Exception {
    unit.run(() -> scheduler.schedule(probe.execution("named"), Instant.now()));
    scheduler.wake();
    probe.awaitRunning(1);
    assertThat(texts(PICKED + " AND task_instance = 'named'")).containsExactly(node.value());
  }

  @Test
  void whatIsRolledBackWasNeverScheduled() throws Exception {
    assertThatThrownBy(
            () ->
                unit.run(
                    () -> {
                      scheduler.schedule(probe.execution("taken-back"), Instant.now());
                      scheduleAll("taken-back-", 2);
                      throw new IllegalStateException("taken back");
                    }))
        .hasMessage("taken back");
    assertThat(
            texts("SELECT task_name FROM scheduled_tasks WHERE task_instance LIKE 'taken-back%'"))
        .isEmpty();
  }

  /** One commit makes all due at once, and one look takes what it may. */
  @Test
  void takesNoMoreThanItCanStart() throws Exception {
    int threads = scheduler.threads();
    unit.run(() -> scheduleAll("batch-", threads + 2));
    probe.awaitRunning(threads);
    assertThat(texts(PICKED + " AND task_instance LIKE 'batch-%'")).hasSize(threads);
    probe.letGo();
    probe.awaitRunning(2);
  }

  /** Although it is due later. */
  @Test
  void takesWhatHasPriorityFirst() throws Exception {
    int threads = scheduler.threads();
    unit.run(() -> scheduleAll("busy-", threads));
    probe.awaitRunning(threads);
    Instant now = Instant.now();
    unit.run(
        () -> {
          for (int i = 0; i < threads; i++) {
            scheduler.schedule(probe.execution("late-" + i, -7), now.minusSeconds(9));
            scheduler.schedule(probe.execution("soon-" + i, -6), now.minusSeconds(3));
          }
        });
    probe.letGo();
    probe.awaitRunning(threads);
    assertThat(
            texts("SELECT task_instance FROM scheduled_tasks WHERE picked AND task_name = 'probe'"))
        .hasSize(threads)
        .allMatch(id -> id.startsWith("soon-"));
    probe.letGo();
    probe.awaitRunning(threads);
  }

  /** What it had not looked for before it began to rest is another node's to take. */
  @Test
  void takesNothingWhileItRests() throws Exception {
    scheduler.rest(Duration.ofHours(1));
    Thread.sleep(1_000);
    unit.run(() -> scheduler.schedule(probe.execution("rested"), Instant.now()));
    scheduler.wake();
    Thread.sleep(1_000);
    assertThat(texts(PICKED + " AND task_instance = 'rested'")).isEmpty();

    scheduler.rest(Duration.ZERO);

    probe.awaitRunning(1);
    assertThat(texts(PICKED + " AND task_instance = 'rested'")).hasSize(1);
  }

  private void scheduleAll(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      scheduler.schedule(probe.execution(prefix + i), Instant.now());
    }
  }

  private List<String> texts(String query) throws SQLException {
    return Rows.texts(source, query);
  }

  @Test
  void runsOnAsManyThreadsAsSet() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(withThreads(Optional.empty()).threads())
        .isEqualTo(Math.min(64, Math.max(2, processors)));
    assertThat(withThreads(Optional.of(" 1 ")).threads()).isEqualTo(1);
    assertThat(withThreads(Optional.of("64")).threads()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65", "two", "1.5", "", "99999999999"})
  void countsOfThreadsThatCannotBeAreRefused(String threads) {
    assertThatThrownBy(() -> withThreads(Optional.of(threads)))
        .hasMessage(
            "captionary.jobs.threads: %s is not allowed; allowed: a whole number from 1 to 64"
                .formatted(threads));
  }

  private ClusterScheduler withThreads(Optional<String> threads) {
    return new ClusterScheduler(
        source, List.of(), new StopSignal(), new NodeRole("all"), node, clock, threads);
  }
}
