package org.captionary.persistence.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;

@ApplicationScoped
@Transactional
class PostgresTokenRepository implements TokenRepository {

  private final TokenRows rows;
  private final Sql sql;

  PostgresTokenRepository(TokenRows rows, Sql sql) {
    this.rows = rows;
    this.sql = sql;
  }

  @Override
  public boolean add(AccessToken token, TokenHash hash) {
    // One statement, so that of two nodes at once just one takes the name.
    return sql.update(
            "INSERT INTO access_token (name, role, hash, created_at, expires_at, revoked_at)"
                + " VALUES (?, ?, ?, ?, ?::timestamptz, ?::timestamptz) ON CONFLICT (name) DO NOTHING",
            token.name(),
            token.role().id(),
            hash.bytes(),
            token.createdAt(),
            token.expiresAt().orElse(null),
            token.revokedAt().orElse(null))
        == 1;
  }

  @Override
  public List<AccessToken> all() {
    return rows.listAll(Sort.by("createdAt", "name")).stream()
        .map(AccessTokenEntity::toDomain)
        .toList();
  }

  @Override
  public List<Kept> usable(Instant now) {
    return rows.list("revokedAt is null and (expiresAt is null or expiresAt > ?1)", now).stream()
        .map(AccessTokenEntity::toKept)
        .toList();
  }

  @Override
  public boolean revoke(String name, Instant at) {
    // PostgreSQL refuses text that it cannot hold, such as NUL, even in a question.
    return AccessToken.isName(name)
        && rows.update("revokedAt = coalesce(revokedAt, ?1) where name = ?2", at, name) == 1;
  }

  /** Kept apart from the port, whose method names would clash with Panache's. */
  @ApplicationScoped
  static class TokenRows implements PanacheRepositoryBase<AccessTokenEntity, String> {}
}
