package org.captionary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;

class StartFailureFilterTest {

  private final StartFailureFilter filter = new StartFailureFilter();

  @Test
  void saysARefusedSettingInOneLine() {
    LogRecord entry =
        failure(new InvalidInputException("captionary.dataset-roots", "data", "absolute paths"));

    assertThat(filter.isLoggable(entry)).isTrue();

    assertThat(entry.getThrown()).isNull();
    assertThat(entry.getMessage())
        .startsWith("Captionary cannot start. captionary.dataset-roots: data is not allowed");
  }

  @Test
  void findsTheRefusalAboveItsCause() {
    Exception refused = new IllegalArgumentException("captionary.jobs.cron: x", new Exception());
    LogRecord entry = failure(refused);

    filter.isLoggable(entry);

    assertThat(entry.getMessage()).isEqualTo("Captionary cannot start. captionary.jobs.cron: x");
  }

  @Test
  void leavesEveryOtherFailureWhole() {
    LogRecord entry = failure(new IllegalStateException("a fault of ours"));

    assertThat(filter.isLoggable(entry)).isTrue();

    assertThat(entry.getThrown()).hasRootCauseMessage("a fault of ours");
    assertThat(entry.getMessage()).isEqualTo("Failed to start application");
  }

  @Test
  void passesRecordsWithoutAFailure() {
    assertThat(filter.isLoggable(new LogRecord(Level.INFO, "started"))).isTrue();
  }

  private static LogRecord failure(Exception root) {
    LogRecord entry = new LogRecord(Level.SEVERE, "Failed to start application");
    entry.setThrown(new RuntimeException("Failed to start quarkus", root));
    return entry;
  }
}
