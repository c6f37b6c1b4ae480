package org.captionary.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contract of {@link AuditRepository}; others may write beside. */
public abstract class AuditRepositoryContract {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

  /** Before all that others write. */
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  private final String who = "t-" + UUID.randomUUID();

  protected abstract AuditRepository audit();

  private AuditEntry entry(Instant at, String target) {
    return new AuditEntry(
        0, at, who, "127.0.0.1", "POST /api/admin/jobs", target, OptionalInt.empty());
  }

  private List<AuditEntry> ours() {
    return ours(audit().before(Long.MAX_VALUE, 1_000).stream());
  }

  private List<AuditEntry> ours(Stream<AuditEntry> entries) {
    return entries.filter(entry -> entry.who().equals(who)).toList();
  }

  @Test
  void givesWhatWasBegunAndHowItEnded() {
    long id = audit().begin(entry(NOW, "/api/admin/jobs"));
    AuditEntry begun =
        new AuditEntry(
            id,
            NOW,
            who,
            "127.0.0.1",
            "POST /api/admin/jobs",
            "/api/admin/jobs",
            OptionalInt.empty());
    assertThat(ours()).containsExactly(begun);

    audit().end(id, "/api/admin/jobs/7", 202);

    AuditEntry ended =
        new AuditEntry(
            id,
            NOW,
            who,
            "127.0.0.1",
            "POST /api/admin/jobs",
            "/api/admin/jobs/7",
            OptionalInt.of(202));
    assertThat(ours()).containsExactly(ended);
  }

  @Test
  void givesTheLastFirstPageByPage() {
    long first = audit().begin(entry(NOW, "1"));
    long second = audit().begin(entry(NOW.minusSeconds(1), "2"));
    long third = audit().begin(entry(NOW, "3"));

    assertThat(ours()).extracting(AuditEntry::id).containsExactly(third, second, first);
    assertThat(audit().before(third, 1_000)).extracting(AuditEntry::id).doesNotContain(third);
    assertThat(ours(audit().before(third, 1_000).stream()))
        .extracting(AuditEntry::target)
        .containsExactly("2", "1");
    assertThat(audit().before(third, 1)).hasSize(1);
  }

  @Test
  void longTextsAreCut() {
    audit().begin(entry(NOW, "x".repeat(AuditEntry.LONGEST + 1)));
    assertThat(ours().get(0).target()).isEqualTo("x".repeat(AuditEntry.LONGEST));
    audit().end(ours().get(0).id(), "y".repeat(AuditEntry.LONGEST + 1), 200);
    assertThat(ours().get(0).target()).isEqualTo("y".repeat(AuditEntry.LONGEST));
  }

  @Test
  void forgetsTheOldestSoManyAtATime() {
    audit().begin(entry(LONG_AGO.plusSeconds(1), "later"));
    audit().begin(entry(LONG_AGO, "1"));
    audit().begin(entry(LONG_AGO.minusSeconds(1), "2"));
    audit().begin(entry(LONG_AGO, "3"));

    assertThat(audit().forget(LONG_AGO.plusSeconds(1), 2)).isEqualTo(2);
    assertThat(ours()).extracting(AuditEntry::target).contains("later").hasSize(2);
    assertThat(audit().forget(LONG_AGO.plusSeconds(1), 2)).isEqualTo(1);
    assertThat(audit().forget(LONG_AGO.plusSeconds(1), 2)).isZero();
    assertThat(ours()).extracting(AuditEntry::target).containsExactly("later");
    audit().forget(LONG_AGO.plusSeconds(2), 1);
  }
}
