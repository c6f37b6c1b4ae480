package org.captionary.persistence.postgres;

import java.util.List;
import java.util.Optional;

/**
 * Takes away what is deleted, some rows at a time.
 *
 * @param owners the table of those that are deleted
 * @param key its primary key
 * @param deleted tells those by
 * @param column of the other tables that refers to the key
 * @param tables those that have many rows for each owner
 */
record Sweep(String owners, String key, String deleted, String column, List<String> tables) {

  Sweep {
    tables = List.copyOf(tables);
  }

  /** At most so many rows of one owner, itself last; says how many. */
  int run(Sql sql, int most) {
    // One sweep at an owner: another would take rows that it waited for as not there.
    Optional<Long> owner =
        sql.first(
            "SELECT %2$s FROM %1$s WHERE %3$s ORDER BY %2$s LIMIT 1 FOR UPDATE SKIP LOCKED"
                .formatted(owners, key, deleted),
            row -> row.getLong(1));
    return owner.map(of -> run(sql, of, most)).orElse(0);
  }

  private int run(Sql sql, long owner, int most) {
    int taken = 0;
    for (String table : tables) {
      taken +=
          sql.update(
              "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s = ? LIMIT ?))"
                  .formatted(table, column),
              owner,
              most - taken);
      if (taken == most) {
        return taken;
      }
    }
    return taken + sql.update("DELETE FROM %s WHERE %s = ?".formatted(owners, key), owner);
  }
}
