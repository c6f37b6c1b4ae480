package org.captionary.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTokenTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @ParameterizedTest
  @ValueSource(strings = {"", "admin", "trainer", " a", "a b", "-a", "a/b", "a\r\nb", "caf\u00e9"})
  void namesThatMayNotBeAreRefused(String name) {
    assertThatThrownBy(() -> token(name, Optional.empty(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("name: " + name + " is not allowed");
    assertThat(AccessToken.isName(name)).isFalse();
  }

  @Test
  void namesHave64CharactersAtMost() {
    assertThat(AccessToken.isName("a".repeat(64))).isTrue();
    assertThat(AccessToken.isName("a".repeat(65))).isFalse();
    assertThat(AccessToken.isName(null)).isFalse();
  }

  @Test
  void isTakenUntilItExpires() {
    AccessToken token = token("ci", Optional.of(NOW), Optional.empty());
    assertThat(token.isUsable(NOW.minusNanos(1))).isTrue();
    assertThat(token.isUsable(NOW)).isFalse();
    assertThat(token("ci", Optional.empty(), Optional.empty()).isUsable(NOW)).isTrue();
  }

  @Test
  void isNotTakenOnceRevoked() {
    Optional<Instant> later = Optional.of(NOW.plusSeconds(60));
    assertThat(token("ci", later, Optional.of(NOW)).isUsable(NOW)).isFalse();
  }

  @Test
  void hashesAreOfTheWholeToken() {
    TokenHash hash = TokenHash.of("0123456789abcdef");
    assertThat(TokenHash.ofBytes(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(hash).isNotEqualTo(TokenHash.of("0123456789abcdeF")).hasToString("TokenHash");
    assertThatThrownBy(() -> TokenHash.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AccessToken token(
      String name, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    return new AccessToken(name, Role.TRAINER, NOW, expiresAt, revokedAt);
  }
}
