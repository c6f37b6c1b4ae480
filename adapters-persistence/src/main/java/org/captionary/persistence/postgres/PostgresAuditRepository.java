package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.captionary.domain.access.AuditEntry;
import org.captionary.domain.access.AuditRepository;

@ApplicationScoped
@Transactional
class PostgresAuditRepository implements AuditRepository {

  private final Sql sql;

  PostgresAuditRepository(Sql sql) {
    this.sql = sql;
  }

  /** In a transaction of its own, so that it stays whatever becomes of another one. */
  @Override
  @Transactional(TxType.REQUIRES_NEW)
  public long begin(AuditEntry entry) {
    return sql.number(
        "INSERT INTO audit_entry (at, who, address, action, target)"
            + " VALUES (?, ?, ?, ?, ?) RETURNING id",
        entry.at(),
        entry.who(),
        entry.address(),
        entry.action(),
        entry.target());
  }

  @Override
  public void end(long id, String target, int outcome) {
    sql.update(
        "UPDATE audit_entry SET target = ?, outcome = ? WHERE id = ?",
        AuditEntry.cut(target),
        outcome,
        id);
  }

  @Override
  public List<AuditEntry> before(long before, int limit) {
    return sql.list(
        "SELECT id, at, who, address, action, target, outcome FROM audit_entry"
            + " WHERE id < ? ORDER BY id DESC LIMIT ?",
        PostgresAuditRepository::entry,
        before,
        limit);
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        Columns.instant(row, "at").orElseThrow(),
        row.getString("who"),
        row.getString("address"),
        row.getString("action"),
        row.getString("target"),
        Columns.whole(row, "outcome"));
  }

  @Override
  public int forget(Instant olderThan, int most) {
    return sql.update(
        "DELETE FROM audit_entry WHERE id IN"
            + " (SELECT id FROM audit_entry WHERE at < ? ORDER BY at LIMIT ?)",
        olderThan,
        most);
  }
}
