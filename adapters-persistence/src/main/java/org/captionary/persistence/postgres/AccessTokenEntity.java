package org.captionary.persistence.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.Role;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository.Kept;

@Entity
@Table(name = "access_token")
class AccessTokenEntity {

  @Id String name;

  String role;
  byte[] hash;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "revoked_at")
  Instant revokedAt;

  AccessToken toDomain() {
    return new AccessToken(
        name,
        Role.byId(role).orElseThrow(),
        createdAt,
        Optional.ofNullable(expiresAt),
        Optional.ofNullable(revokedAt));
  }

  Kept toKept() {
    return new Kept(toDomain(), TokenHash.ofBytes(hash));
  }
}
