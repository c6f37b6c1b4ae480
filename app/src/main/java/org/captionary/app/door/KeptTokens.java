package org.captionary.app.door;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.captionary.app.secret.Secrets;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.captionary.domain.access.TokenRepository.Kept;
import org.jboss.logging.Logger;

/**
 * The tokens of the database that are taken now, as they were read {@link #FRESH} ago at most, so
 * that a revocation on any node is heeded that soon on all. While the database is away, what was
 * read last is taken for {@link #PATIENCE}, and the database is asked again each {@link #FRESH}, by
 * one at a time for whom nobody waits.
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
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicLong changes = new AtomicLong();
  private volatile Reading last = new Reading(Instant.MIN, -1, List.of());

  /** What came of asking last, if it failed. */
  private volatile Optional<Failure> failed = Optional.empty();

  /** What was read, when, and of how many changes of ours it surely knows. */
  private record Reading(Instant at, long changes, List<Kept> kept) {}

  private record Failure(Instant at, RuntimeException cause) {}

  /** The tokens that are taken at an instant. */
  record Known(Instant now, List<Kept> kept) {

    /** The usable token among them; takes the same time for every wrong one. */
    Optional<AccessToken> find(String token) {
      TokenHash hash = TokenHash.of(token);
      AccessToken found = null;
      for (Kept one : kept) {
        found = one.hash().equals(hash) ? one.token() : found;
      }
      return Optional.ofNullable(found).filter(one -> one.isUsable(now));
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

  /** What was read last, if it is young enough to be taken without asking. */
  Optional<Known> fresh() {
    Reading seen = last;
    Instant now = clock.instant();
    return seen.changes() == changes.get() && isWithin(FRESH, seen.at(), now)
        ? Optional.of(new Known(now, seen.kept()))
        : Optional.empty();
  }

  private static boolean isWithin(Duration age, Instant at, Instant now) {
    return at.isAfter(now.minus(age)) && !at.isAfter(now);
  }

  /**
   * The usable token; may ask the database, and waits for it.
   *
   * @throws RuntimeException of the database, if it is away for long
   */
  Optional<AccessToken> find(String token) {
    return fresh().orElseGet(this::readAgain).find(token);
  }

  /** One asks for all who come meanwhile; if asking failed before, these do not wait for it. */
  private Known readAgain() {
    Optional<Failure> before = failed;
    if (before.isPresent() && asking.isLocked()) {
      return instead(before.get());
    }
    asking.lock();
    try {
      return fresh().orElseGet(this::askUnlessItJustFailed);
    } finally {
      asking.unlock();
    }
  }

  private Known askUnlessItJustFailed() {
    Instant now = clock.instant();
    return failed
        .filter(failure -> isWithin(FRESH, failure.at(), now))
        .map(this::instead)
        .orElseGet(this::ask);
  }

  private Known ask() {
    long known = changes.get();
    try {
      List<Kept> kept = List.copyOf(tokens.usable(clock.instant()));
      // When it came: those who waited for a slow answer need not ask again.
      last = new Reading(clock.instant(), known, kept);
      failed = Optional.empty();
      return new Known(last.at(), kept);
    } catch (RuntimeException e) {
      Failure failure = new Failure(clock.instant(), e);
      failed = Optional.of(failure);
      LOG.warnf("Tokens cannot be read; last they were at %s: %s", last.at(), e.getMessage());
      return instead(failure);
    }
  }

  private Known instead(Failure failure) {
    Reading seen = last;
    Instant now = clock.instant();
    if (!isWithin(PATIENCE, seen.at(), now)) {
      throw failure.cause();
    }
    return new Known(now, seen.kept());
  }

  /** Has the next one asked, as after a change: the database has just answered. */
  public void forget() {
    changes.incrementAndGet();
    failed = Optional.empty();
  }
}
