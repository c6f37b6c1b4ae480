package org.captionary.domain.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.captionary.domain.access.AuditEntry;
import org.captionary.domain.access.AuditRepository;

/** Entries in memory, for one thread. */
public final class InMemoryAuditRepository implements AuditRepository {

  private final TreeMap<Long, AuditEntry> entries = new TreeMap<>();
  private long last;

  @Override
  public long begin(AuditEntry entry) {
    last++;
    entries.put(last, with(last, entry, entry.target(), OptionalInt.empty()));
    return last;
  }

  @Override
  public void end(long id, String target, int outcome) {
    entries.computeIfPresent(id, (key, entry) -> with(id, entry, target, OptionalInt.of(outcome)));
  }

  private static AuditEntry with(long id, AuditEntry entry, String target, OptionalInt outcome) {
    return new AuditEntry(
        id, entry.at(), entry.who(), entry.address(), entry.action(), target, outcome);
  }

  @Override
  public List<AuditEntry> before(long before, int limit) {
    return entries.headMap(before, false).descendingMap().values().stream().limit(limit).toList();
  }

  @Override
  public int forget(Instant olderThan, int most) {
    List<AuditEntry> old =
        entries.values().stream()
            .filter(entry -> entry.at().isBefore(olderThan))
            .sorted(Comparator.comparing(AuditEntry::at))
            .limit(most)
            .toList();
    old.forEach(entry -> entries.remove(entry.id()));
    return old.size();
  }
}
