package org.captionary.app.door;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.problem.ProblemResponse;
import org.captionary.app.problem.ProblemType;

/** {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1); the challenge is a problem. */
@Singleton
final class BearerMechanism implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Bearer";
  private static final String SCHEME_AND_SPACE = SCHEME + " ";

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    return token(context)
        .map(token -> request(token, context))
        .map(identities::authenticate)
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  private static AuthenticationRequest request(String token, RoutingContext context) {
    TokenAuthenticationRequest request =
        new TokenAuthenticationRequest(new TokenCredential(token, SCHEME));
    return HttpSecurityUtils.setRoutingContextAttribute(request, context);
  }

  private static Optional<String> token(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return Optional.ofNullable(header)
        .filter(BearerMechanism::isBearer)
        .map(BearerMechanism::value);
  }

  /** The scheme's name is case-insensitive (RFC 9110, section 11.1). */
  private static boolean isBearer(String header) {
    return header.regionMatches(true, 0, SCHEME_AND_SPACE, 0, SCHEME_AND_SPACE.length());
  }

  private static String value(String header) {
    return header.substring(SCHEME_AND_SPACE.length()).strip();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    ChallengeData challenge = new ChallengeData(401, "WWW-Authenticate", SCHEME);
    return Uni.createFrom().item(challenge);
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    ProblemResponse.send(context, ProblemType.UNAUTHENTICATED.problem());
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return Uni.createFrom()
        .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, SCHEME));
  }
}
