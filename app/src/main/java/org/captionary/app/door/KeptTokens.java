package org.captionary.app.door;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.captionary.app.secret.Secrets;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.captionary.domain.access.TokenRepository.Kept;
import org.jboss.logging.Logger;

/**
 * The tokens of the database that are taken now, as they were read {@link #FRESH} ago at most, so
 * that a revocation on any node is heeded that soon on all. While the database is away, what was
 * read last is taken for {@link #PATIENCE}.
 */
@Singleton
public final class KeptTokens {

  /** What every token begins with, so that others need not be asked for. */
  static final String PREFIX = "cap_";

  static final Duration FRESH = Duration.ofSeconds(2);
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(KeptTokens.class);

  private final TokenRepository tokens;
  private final InstantSource clock;
  private volatile Reading last = new Reading(Instant.MIN, List.of());

  /** What was read, and when. */
  private record Reading(Instant at, List<Kept> kept) {

    boolean isYoungerThan(Duration age, Instant now) {
      return at.isAfter(now.minus(age)) && !at.isAfter(now);
    }
  }

  KeptTokens(TokenRepository tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A new token: 256 random bits. */
  public static String random() {
    return PREFIX + Secrets.random();
  }

  static boolean mayBe(String token) {
    return token.startsWith(PREFIX);
  }

  /** Whether what was read last is young enough for {@link #findRead}. */
  boolean isFresh() {
    return last.isYoungerThan(FRESH, clock.instant());
  }

  /** The usable token among those that were read last; takes the same time for every wrong one. */
  Optional<AccessToken> findRead(String token) {
    return find(token, last.kept(), clock.instant());
  }

  /**
   * The usable token; may ask the database, and waits for it.
   *
   * @throws RuntimeException of the database, if it is away for long
   */
  Optional<AccessToken> find(String token) {
    Instant now = clock.instant();
    return find(token, read(now), now);
  }

  private static Optional<AccessToken> find(String token, List<Kept> kept, Instant now) {
    TokenHash hash = TokenHash.of(token);
    AccessToken found = null;
    for (Kept one : kept) {
      found = one.hash().equals(hash) ? one.token() : found;
    }
    return Optional.ofNullable(found).filter(one -> one.isUsable(now));
  }

  private List<Kept> read(Instant now) {
    Reading seen = last;
    return seen.isYoungerThan(FRESH, now) ? seen.kept() : readAgain(now);
  }

  /** One asks for all who come meanwhile. */
  private synchronized List<Kept> readAgain(Instant now) {
    if (!last.isYoungerThan(FRESH, now)) {
      try {
        last = new Reading(now, List.copyOf(tokens.usable(now)));
      } catch (RuntimeException e) {
        if (!last.isYoungerThan(PATIENCE, now)) {
          throw e;
        }
        LOG.warnf("Tokens are taken as they were %s ago: %s", age(now), e.getMessage());
      }
    }
    return last.kept();
  }

  private Duration age(Instant now) {
    return Duration.between(last.at(), now);
  }

  /** Has the next one asked, as after a change. */
  public synchronized void forget() {
    last = new Reading(Instant.MIN, List.of());
  }
}
