package org.captionary.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.captionary.domain.access.TokenRepository.Kept;
import org.junit.jupiter.api.Test;

/** Contract of {@link TokenRepository}; the store is never emptied. */
public abstract class TokenRepositoryContract {

  /** Instants are kept to the microsecond. */
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

  private static final Instant LATER = NOW.plusSeconds(60);

  protected abstract TokenRepository tokens();

  private static AccessToken token(Role role, Optional<Instant> expiresAt) {
    return new AccessToken("t-" + UUID.randomUUID(), role, NOW, expiresAt, Optional.empty());
  }

  private static TokenHash uniqueHash() {
    return TokenHash.of(UUID.randomUUID().toString());
  }

  private Kept added(Role role, Optional<Instant> expiresAt) {
    Kept kept = new Kept(token(role, expiresAt), uniqueHash());
    assertThat(tokens().add(kept.token(), kept.hash())).isTrue();
    return kept;
  }

  @Test
  void givesTokensAsTheyWereKept() {
    Kept trainer = added(Role.TRAINER, Optional.of(LATER));
    Kept admin = added(Role.ADMIN, Optional.empty());

    assertThat(tokens().usable(NOW)).contains(trainer, admin);
    assertThat(tokens().all()).contains(trainer.token(), admin.token());
  }

  @Test
  void namesAreGivenOnce() {
    Kept first = added(Role.TRAINER, Optional.empty());
    tokens().revoke(first.token().name(), NOW);

    assertThat(tokens().add(first.token(), uniqueHash())).isFalse();

    assertThat(tokens().usable(NOW)).extracting(Kept::token).doesNotContain(first.token());
  }

  @Test
  void listsTheOldestFirst() {
    AccessToken young = tokenOf(NOW.plusSeconds(1));
    AccessToken old = tokenOf(NOW.minusSeconds(1));
    tokens().add(young, uniqueHash());
    tokens().add(old, uniqueHash());

    assertThat(tokens().all())
        .filteredOn(List.of(young, old)::contains)
        .containsExactly(old, young);
  }

  private static AccessToken tokenOf(Instant createdAt) {
    return new AccessToken(
        "t-" + UUID.randomUUID(), Role.ADMIN, createdAt, Optional.empty(), Optional.empty());
  }

  @Test
  void whatHasExpiredIsListedAndNotTaken() {
    Kept kept = added(Role.TRAINER, Optional.of(LATER));

    assertThat(tokens().usable(LATER.minusNanos(1_000))).contains(kept);
    assertThat(tokens().usable(LATER)).doesNotContain(kept);
    assertThat(tokens().all()).contains(kept.token());
  }

  @Test
  void whatIsRevokedIsListedAndNotTaken() {
    Kept kept = added(Role.ADMIN, Optional.empty());
    String name = kept.token().name();

    assertThat(tokens().revoke(name, LATER)).isTrue();
    assertThat(tokens().revoke(name, LATER.plusSeconds(1))).isTrue();

    assertThat(tokens().usable(NOW)).doesNotContain(kept);
    AccessToken revoked =
        new AccessToken(name, Role.ADMIN, NOW, Optional.empty(), Optional.of(LATER));
    assertThat(tokens().all()).contains(revoked);
  }

  @Test
  void whatIsNotThereIsNotRevoked() {
    for (String name : List.of("t-" + UUID.randomUUID(), "", "admin", "a\0b")) {
      assertThat(tokens().revoke(name, NOW)).as(name).isFalse();
    }
  }
}
