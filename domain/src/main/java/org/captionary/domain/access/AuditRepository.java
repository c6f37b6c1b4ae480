package org.captionary.domain.access;

import java.time.Instant;
import java.util.List;

/** Port: what admins did. */
public interface AuditRepository {

  /**
   * Notes what is about to be done; kept at once, whatever becomes of it.
   *
   * @param entry its id and outcome are not looked at
   * @return its id
   */
  long begin(AuditEntry entry);

  /**
   * Notes how it ended.
   *
   * @param target in place of the one that it began with
   */
  void end(long id, String target, int outcome);

  /**
   * The last entries before one, the last first.
   *
   * @param before an id; {@link Long#MAX_VALUE} for the last of all
   */
  List<AuditEntry> before(long before, int limit);

  /**
   * Takes away entries that are older.
   *
   * @param most this many at most, the oldest
   * @return how many there were of them
   */
  int forget(Instant olderThan, int most);
}
