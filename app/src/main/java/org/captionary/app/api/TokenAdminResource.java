package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.captionary.app.door.KeptTokens;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.Role;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.jboss.resteasy.reactive.RestPath;

/** Tokens beside those of the configuration: made, listed and revoked by admins. */
@Path("/api/admin/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class TokenAdminResource {

  /** Each token that comes is compared with all. */
  static final int MOST_USABLE = 1_000;

  private final TokenRepository tokens;
  private final KeptTokens kept;
  private final InstantSource clock;

  TokenAdminResource(TokenRepository tokens, KeptTokens kept, InstantSource clock) {
    this.tokens = tokens;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * What is asked to be made.
   *
   * @param expiresAt an instant of ISO 8601 with its offset; left out: never
   */
  public record TokenBody(String name, String role, String expiresAt) {}

  /**
   * A token as it is known.
   *
   * @param state {@code usable}, {@code expired} or {@code revoked}
   */
  public record TokenView(
      String name,
      String role,
      String state,
      Instant createdAt,
      Instant expiresAt,
      Instant revokedAt) {

    static TokenView of(AccessToken token, Instant now) {
      return new TokenView(
          token.name(),
          token.role().id(),
          state(token, now),
          token.createdAt(),
          token.expiresAt().orElse(null),
          token.revokedAt().orElse(null));
    }

    private static String state(AccessToken token, Instant now) {
      return token.revokedAt().isPresent() ? "revoked" : token.isUsable(now) ? "usable" : "expired";
    }
  }

  /**
   * A new token.
   *
   * @param token itself, which is shown this once
   */
  public record NewTokenView(String name, String role, Instant expiresAt, String token) {}

  @POST
  public Response make(TokenBody body) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    AccessToken token =
        new AccessToken(body.name(), role(body), now, expiry(body, now), Optional.empty());
    checkRoom(now);
    String secret = KeptTokens.random();
    if (!tokens.add(token, TokenHash.of(secret))) {
      throw ProblemException.conflict(
          "name", token.name(), "A token has or had this name, and no other one may have it");
    }
    kept.forget();
    return Response.created(URI.create("/api/admin/tokens/" + token.name()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(
            new NewTokenView(
                token.name(), token.role().id(), token.expiresAt().orElse(null), secret))
        .build();
  }

  private static Role role(TokenBody body) {
    return Role.byId(body.role())
        .orElseThrow(() -> ProblemException.badField("role", body.role(), Role.ids()));
  }

  private static Optional<Instant> expiry(TokenBody body, Instant now) {
    Optional<Instant> expiry = Optional.ofNullable(body.expiresAt()).map(TokenAdminResource::read);
    if (expiry.isPresent() && !expiry.get().isAfter(now)) {
      throw refusedExpiry(body.expiresAt());
    }
    return expiry;
  }

  private static Instant read(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() <= 9999) {
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw refusedExpiry(text);
  }

  private static ProblemException refusedExpiry(String text) {
    return ProblemException.badField(
        "expiresAt", text, "a time to come with its offset, such as 2031-01-31T00:00:00Z");
  }

  private void checkRoom(Instant now) {
    if (tokens.usable(now).size() >= MOST_USABLE) {
      throw ProblemException.conflict(
          "name", null, "There are %d usable tokens; revoke one first".formatted(MOST_USABLE));
    }
  }

  @GET
  public List<TokenView> all() {
    Instant now = clock.instant();
    return tokens.all().stream().map(token -> TokenView.of(token, now)).toList();
  }

  /** Has it not be taken any more: here at once, on other nodes within seconds. */
  @DELETE
  @Path("/{name}")
  public void revoke(@RestPath String name) {
    if (!tokens.revoke(name, clock.instant())) {
      throw ProblemException.notFound("token", name);
    }
    kept.forget();
  }
}
