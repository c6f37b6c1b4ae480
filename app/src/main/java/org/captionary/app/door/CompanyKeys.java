package org.captionary.app.door;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Reads tokens of an identity provider with its keys, which are fetched when a first token comes.
 * The provider may hang or be away: asking takes some ten seconds at most, {@link #MOST_WAITING}
 * requests wait for it at a time, and after a failure it is not asked for {@link #PAUSE}.
 */
final class CompanyKeys extends DefaultJWTTokenParser {

  static final Duration PAUSE = Duration.ofMinutes(1);

  /** A part of the threads that answer requests, so that the others still do. */
  static final int MOST_WAITING = 20;

  private static final Logger LOG = Logger.getLogger(CompanyKeys.class);

  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int RETRIES = 1;
  private static final int RETRY_WAIT_MILLIS = 200;

  private final JWTAuthContextInfo context;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private volatile Instant askedAgainAt = Instant.MIN;

  /** Null until they have been fetched once. */
  private volatile VerificationKeyResolver keys;

  CompanyKeys(JWTAuthContextInfo context, InstantSource clock) {
    this.context = context;
    this.clock = clock;
  }

  /**
   * What the token says.
   *
   * @throws ParseException if it is not good
   * @throws ProblemException if the keys cannot be fetched, so that nobody knows
   */
  JsonWebToken read(String token) throws ParseException {
    return new DefaultJWTCallerPrincipal(parse(token, context).getJwtClaims());
  }

  @Override
  protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo given) {
    VerificationKeyResolver fetched = keys;
    return fetched == null ? fetchIfThereIsAPlace() : fetched;
  }

  private VerificationKeyResolver fetchIfThereIsAPlace() {
    failIfPaused();
    takePlace();
    try {
      return fetch();
    } finally {
      places.release();
    }
  }

  /** One asks for all who wait. */
  private synchronized VerificationKeyResolver fetch() {
    if (keys != null) {
      return keys;
    }
    failIfPaused();
    try {
      keys = new Keys();
      return keys;
    } catch (UnresolvableKeyException e) {
      askedAgainAt = clock.instant().plus(PAUSE);
      LOG.warnf(e, "Keys cannot be fetched from %s", context.getPublicKeyLocation());
      throw unavailable();
    }
  }

  private void failIfPaused() {
    if (clock.instant().isBefore(askedAgainAt)) {
      throw unavailable();
    }
  }

  private void takePlace() {
    if (!places.tryAcquire()) {
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "The identity provider's keys cannot be fetched now.");
  }

  /** The library's, but for its patience: 20 s, three more times, and then without an end. */
  private final class Keys extends KeyLocationResolver {

    Keys() throws UnresolvableKeyException {
      super(context);
    }

    @Override
    protected Get getHttpGet() {
      Get get = new Get();
      get.setConnectTimeout(TIMEOUT_MILLIS);
      get.setReadTimeout(TIMEOUT_MILLIS);
      get.setRetries(RETRIES);
      get.setInitialRetryWaitTime(RETRY_WAIT_MILLIS);
      return get;
    }

    @Override
    protected String readKeyContent(String location) throws IOException {
      if (location.startsWith(CompanySettings.HTTPS)) {
        throw new IOException("No JWK set is there");
      }
      return super.readKeyContent(location);
    }

    /** For a token that names a key which is not there. */
    @Override
    protected boolean forcedHttpsJwksRefresh() {
      takePlace();
      try {
        return super.forcedHttpsJwksRefresh();
      } finally {
        places.release();
      }
    }
  }
}
