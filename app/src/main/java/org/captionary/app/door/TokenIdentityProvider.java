package org.captionary.app.door;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.access.AccessToken;

/**
 * Knows who comes with a token: one of the configuration, one of the database, or one of the
 * company's identity provider. From an address that failed often, a token that can be guessed is
 * not looked at; one that cannot be guessed always is, so that nobody locks out anybody.
 */
@Singleton
final class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

  private final AccessTokens configured;
  private final KeptTokens kept;
  private final CompanyTokens company;
  private final SignIns signIns;

  TokenIdentityProvider(
      AccessTokens configured, KeptTokens kept, CompanyTokens company, SignIns signIns) {
    this.configured = configured;
    this.kept = kept;
    this.company = company;
    this.signIns = signIns;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    String token = request.getToken().getToken();
    RoutingContext exchange = HttpSecurityUtils.getRoutingContextAttribute(request);
    boolean limited = signIns.isLimited(Caller.address(exchange));
    Optional<String> role =
        limited ? configured.roleOfUnguessable(token) : configured.roleOf(token);
    if (role.isPresent()) {
      return Uni.createFrom().item(identity(role.get(), role.get()));
    }
    return other(token, context)
        .onFailure(AuthenticationFailedException.class)
        .transform(failure -> failed(failure, exchange, limited));
  }

  private Uni<SecurityIdentity> other(String token, AuthenticationRequestContext context) {
    if (KeptTokens.mayBe(token)) {
      return kept.fresh()
          .map(known -> Uni.createFrom().item(() -> kept(known.find(token))))
          .orElseGet(() -> context.runBlocking(() -> kept(kept.find(token))));
    }
    return company.mayBe(token)
        ? context.runBlocking(() -> company(token))
        : Uni.createFrom().failure(new AuthenticationFailedException());
  }

  private static SecurityIdentity kept(Optional<AccessToken> token) {
    AccessToken found = token.orElseThrow(AuthenticationFailedException::new);
    return identity(found.name(), found.role().id());
  }

  private SecurityIdentity company(String token) {
    try {
      CompanyTokens.Bearer bearer =
          company.find(token).orElseThrow(AuthenticationFailedException::new);
      return identity(bearer.name(), bearer.role().id());
    } catch (ProblemException e) {
      // As any other failure it would be logged for each request, which strangers may send.
      throw new AuthenticationFailedException(e);
    }
  }

  /** A token that could not be looked at has not failed. */
  private Throwable failed(Throwable failure, RoutingContext exchange, boolean limited) {
    if (failure.getCause() instanceof ProblemException) {
      return failure;
    }
    signIns.failed(Caller.address(exchange));
    return limited ? new AuthenticationFailedException(tooMany()) : failure;
  }

  private static ProblemException tooMany() {
    return new ProblemException(ProblemType.TOO_MANY_FAILURES.problem());
  }

  private static SecurityIdentity identity(String name, String role) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRoles(role.equals(Roles.ADMIN) ? Set.of(Roles.ADMIN, Roles.TRAINER) : Set.of(role))
        .build();
  }
}
