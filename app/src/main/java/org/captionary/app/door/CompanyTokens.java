package org.captionary.app.door;

import io.quarkus.runtime.Startup;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.access.Role;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Tokens of a company's identity provider: JSON Web Tokens (RFC 7519), signed by its private key.
 * Checked are signature, issuer, audience, times, and that a role in them is one of ours.
 */
@Singleton
@Startup
final class CompanyTokens {

  private static final Logger LOG = Logger.getLogger(CompanyTokens.class);

  /** None with a shared secret: a public key taken for one would let everybody sign. */
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      EnumSet.of(
          SignatureAlgorithm.RS256,
          SignatureAlgorithm.RS384,
          SignatureAlgorithm.RS512,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.PS384,
          SignatureAlgorithm.PS512,
          SignatureAlgorithm.ES256,
          SignatureAlgorithm.ES384,
          SignatureAlgorithm.ES512,
          SignatureAlgorithm.EDDSA);

  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int REFRESH_MINUTES = 10;

  /** A key that is not known yet is looked for, but not for each token that names one. */
  private static final int FORCED_REFRESH_MINUTES = 1;

  /** How long keys are taken that could not be fetched again, until that is tried once more. */
  private static final int RETAIN_MINUTES = 1;

  /** Where the claim with the roles is missing; otherwise the library takes the token's groups. */
  private static final String NO_ROLE = "";

  /** A claim by which the library adds to the roles what the token says itself. */
  private static final String ROLE_MAPPINGS = "roleMappings";

  /** How many parts a signed token has, between dots. */
  private static final int PARTS = 3;

  /**
   * Who comes with such a token.
   *
   * @param name {@code jwt:} and the name that the provider gives
   */
  record Bearer(String name, Role role) {}

  private final Optional<CompanySettings> settings;
  private final Optional<CompanyKeys> keys;

  @Inject
  CompanyTokens(Config config, InstantSource clock) {
    this(CompanySettings.read(config), clock);
  }

  CompanyTokens(Optional<CompanySettings> settings, InstantSource clock) {
    this.settings = settings;
    this.keys = settings.map(given -> new CompanyKeys(context(given), clock));
  }

  private static JWTAuthContextInfo context(CompanySettings settings) {
    JWTAuthContextInfo context = new JWTAuthContextInfo(settings.key(), settings.issuer());
    context.setExpectedAudience(Set.of(settings.audience()));
    context.setGroupsPath(settings.rolesClaim());
    context.setDefaultGroupsClaim(NO_ROLE);
    context.setSignatureAlgorithm(ALGORITHMS);
    context.setClockSkew(CLOCK_SKEW_SECONDS);
    context.setJwksRefreshInterval(REFRESH_MINUTES);
    context.setForcedJwksRefreshInterval(FORCED_REFRESH_MINUTES);
    context.setJwksRetainCacheOnErrorDuration(RETAIN_MINUTES);
    settings.certificate().ifPresent(context::setTlsCertificatePath);
    settings.keyFile().map(PublicKeyFile::read).ifPresent(file -> take(file, context));
    return context;
  }

  /** The library takes every key in PEM for one of RSA, unless it is given the key itself. */
  private static void take(PublicKeyFile file, JWTAuthContextInfo context) {
    file.pem()
        .ifPresentOrElse(
            context::setPublicVerificationKey, () -> context.setPublicKeyContent(file.text()));
  }

  /** Whether it looks like one, and such are taken at all. */
  boolean mayBe(String token) {
    return keys.isPresent() && token.split("\\.", -1).length == PARTS;
  }

  /**
   * Who it is, if the token is good; may ask the provider for its keys.
   *
   * @throws ProblemException if they cannot be fetched, so that it cannot be known
   */
  Optional<Bearer> find(String token) {
    return keys.flatMap(by -> parsed(by, token))
        .filter(parsed -> !parsed.containsClaim(ROLE_MAPPINGS))
        .flatMap(this::bearer);
  }

  private static Optional<JsonWebToken> parsed(CompanyKeys keys, String token) {
    try {
      return Optional.of(keys.read(token));
    } catch (ParseException e) {
      LOG.debugf(e, "A token of the identity provider is refused");
      return Optional.empty();
    }
  }

  private Optional<Bearer> bearer(JsonWebToken token) {
    return role(token.getGroups()).map(role -> new Bearer("jwt:" + token.getName(), role));
  }

  private Optional<Role> role(Set<String> groups) {
    if (groups == null) {
      return Optional.empty();
    }
    CompanySettings given = settings.orElseThrow();
    if (groups.contains(given.adminRole())) {
      return Optional.of(Role.ADMIN);
    }
    return groups.contains(given.trainerRole()) ? Optional.of(Role.TRAINER) : Optional.empty();
  }
}
