package org.captionary.app.api;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.captionary.app.door.Roles;

/** What the caller's token may do; a cache in front of the service asks here. */
@Path("/api/token")
@RolesAllowed(Roles.TRAINER)
public class TokenResource {

  private final SecurityIdentity caller;

  TokenResource(SecurityIdentity caller) {
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response role() {
    String role = caller.hasRole(Roles.ADMIN) ? Roles.ADMIN : Roles.TRAINER;
    return Response.ok(Map.of("role", role)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
