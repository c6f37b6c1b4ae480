package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.UnitOfWork;
import org.junit.jupiter.api.Test;

/** What many nodes are told to do at a time is done once. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DutyClockTest {

  private static final Instant TWO = Instant.parse("2026-03-04T02:00:00Z");

  private static Instant lastFireTime = TWO;

  @Inject DutyClaims claims;
  @Inject DutyClock clock;
  @Inject ProbeDuty duty;
  @Inject ClusterScheduler executions;
  @Inject Scheduler triggers;
  @Inject UnitOfWork unit;
  @Inject DataSource source;

  @Test
  void ofTwoClaimsOfAFireTimeOneWins() throws Exception {
    String name = name();
    CyclicBarrier both = new CyclicBarrier(2);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      for (int night = 0; night < 20; night++) {
        Instant fireTime = TWO.plusSeconds(night);
        Callable<Boolean> node =
            () -> {
              both.await();
              return claim(name, fireTime);
            };
        List<Future<Boolean>> won = nodes.invokeAll(List.of(node, node));
        assertThat(List.of(won.get(0).get(), won.get(1).get()))
            .containsExactlyInAnyOrder(true, false);
      }
    } finally {
      nodes.shutdown();
    }
  }

  /** A node whose clock is behind fires for the same time, later. */
  @Test
  void aTimeThatWasClaimedIsNeverClaimedAgainAndALaterOneIs() {
    String name = name();
    assertThat(claim(name, TWO)).isTrue();
    assertThat(claim(name, TWO)).isFalse();
    assertThat(claim(name, TWO.plusSeconds(30))).isTrue();
    assertThat(claim(name, TWO)).isFalse();
    assertThat(claim(name, TWO.plusSeconds(30))).isFalse();
    assertThat(claim(name(), TWO)).as("another duty").isTrue();
  }

  @Test
  void aClaimThatIsTakenBackIsOpenToOthers() {
    String name = name();
    assertThatThrownBy(
            () ->
                unit.run(
                    () -> {
                      assertThat(claims.claim(name, TWO)).isTrue();
                      throw new IllegalStateException("the node dies");
                    }))
        .hasMessage("the node dies");
    assertThat(claim(name, TWO)).isTrue();
  }

  private boolean claim(String name, Instant fireTime) {
    return unit.call(() -> claims.claim(name, fireTime));
  }

  private static String name() {
    return "duty-" + UUID.randomUUID();
  }

  @Test
  void aDutyIsDoneOnceForEachFireTime() throws Exception {
    Instant now = nextFireTime();
    assertThat(clock.fire(ProbeDuty.NAME, now)).isTrue();
    assertThat(clock.fire(ProbeDuty.NAME, now)).isFalse();
    duty.awaitDone();
    awaitNoExecution();
    assertThat(clock.fire(ProbeDuty.NAME, now)).isFalse();
    assertThat(clock.fire(ProbeDuty.NAME, nextFireTime())).isTrue();
    duty.awaitDone();
    awaitNoExecution();
    assertThat(duty.done()).isZero();
  }

  /** As if the node that took it had died a minute ago. */
  @Test
  void aDutyOfANodeThatDiedIsDoneByAnother() throws Exception {
    unit.run(
        () -> {
          executions.schedule(DutyTask.execution(ProbeDuty.NAME), Instant.EPOCH);
          execute(
              "UPDATE scheduled_tasks SET picked = true, picked_by = 'dead',"
                  + " last_heartbeat = now() - interval '1 minute'"
                  + " WHERE task_name = 'duty' AND task_instance = '"
                  + ProbeDuty.NAME
                  + "'");
        });
    duty.awaitDone();
    awaitNoExecution();
  }

  @Test
  void aDutyThatFailsIsTriedAgain() throws Exception {
    duty.failures.set(1);
    assertThat(clock.fire(ProbeDuty.NAME, nextFireTime())).isTrue();
    duty.awaitDone();
    awaitNoExecution();
    assertThat(duty.failures).hasValue(0);
  }

  @Test
  void aDutyOfAnotherVersionIsPassedOver() throws Exception {
    assertThat(clock.fire("unknown", TWO)).isTrue();
    awaitNoExecution();
  }

  private static Instant nextFireTime() {
    lastFireTime = lastFireTime.plusSeconds(30);
    return lastFireTime;
  }

  private void awaitNoExecution() throws Exception {
    while (executions() > 0) {
      Thread.sleep(20);
    }
  }

  private int executions() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM scheduled_tasks WHERE task_name = 'duty'")) {
      count.next();
      return count.getInt(1);
    }
  }

  private void execute(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyNodeThatPreparesIsTold() {
    start("all");
    assertThat(triggers.getScheduledJob("hourly")).isNotNull();
    triggers.unscheduleJob("hourly");
    start("serve");
    assertThat(triggers.getScheduledJob("hourly")).isNull();
  }

  private void start(String role) {
    new DutyClock(List.of(new Hourly()), claims, triggers, executions, unit, new NodeRole(role))
        .start(new StartupEvent());
  }

  private static final class Hourly implements Duty {

    @Override
    public String name() {
      return "hourly";
    }

    @Override
    public CronSetting when() {
      return new CronSetting("captionary.hourly", "hourly", Map.of("hourly", "0 0 * * * ?"));
    }

    @Override
    public void run() {}
  }
}
