package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.captionary.domain.access.AuditEntry;
import org.captionary.domain.memory.InMemoryAuditRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditRetentionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private final InMemoryAuditRepository audit = new InMemoryAuditRepository();

  private AuditRetention retention(String keep) {
    return new AuditRetention(audit, InstantSource.fixed(NOW), new StopSignal(), keep);
  }

  @Test
  void forgetsWhatIsOlder() {
    for (int days : new int[] {1, 29, 30, 31, 400}) {
      audit.begin(
          new AuditEntry(
              0,
              NOW.minus(Duration.ofDays(days)),
              "ci",
              "::1",
              "POST /x",
              days + "",
              OptionalInt.empty()));
    }
    retention("30d").run();
    assertThat(audit.before(Long.MAX_VALUE, 10))
        .extracting(AuditEntry::target)
        .containsExactly("30", "29", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0d", "23h", "36501d", "for ever", "-30d"})
  void timesThatCannotBeAreRefused(String keep) {
    assertThatThrownBy(() -> retention(keep))
        .hasMessage(
            "captionary.audit.keep: %s is not allowed; allowed: 1d to 36500d, such as 365d"
                .formatted(keep));
  }
}
