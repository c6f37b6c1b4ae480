package org.captionary.domain.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;

/** Tokens in memory, for several threads. */
public final class InMemoryTokenRepository implements TokenRepository {

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @Override
  public boolean add(AccessToken token, TokenHash hash) {
    return kept.putIfAbsent(token.name(), new Kept(token, hash)) == null;
  }

  @Override
  public List<AccessToken> all() {
    return kept.values().stream()
        .map(Kept::token)
        .sorted(Comparator.comparing(AccessToken::createdAt).thenComparing(AccessToken::name))
        .toList();
  }

  @Override
  public List<Kept> usable(Instant now) {
    return kept.values().stream().filter(one -> one.token().isUsable(now)).toList();
  }

  @Override
  public boolean revoke(String name, Instant at) {
    return kept.computeIfPresent(name, (key, one) -> revoked(one, at)) != null;
  }

  private static Kept revoked(Kept one, Instant at) {
    AccessToken token = one.token();
    Optional<Instant> since = Optional.of(token.revokedAt().orElse(at));
    return new Kept(
        new AccessToken(token.name(), token.role(), token.createdAt(), token.expiresAt(), since),
        one.hash());
  }
}
