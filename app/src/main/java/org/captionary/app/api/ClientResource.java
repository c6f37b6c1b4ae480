package org.captionary.app.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ContentHash;
import org.jboss.resteasy.reactive.RestPath;

/** The clients that fit this very service; anybody may have them. */
@Path("/clients/{name}")
@PermitAll
public class ClientResource {

  private static final List<String> NAMES = List.of("captionary.py", "CaptionaryIterator.java");

  /** To be asked for again each time: one kept from before an upgrade may not fit. */
  @GET
  public Response client(
      @RestPath String name, @Context Request request, @Context HttpHeaders headers)
      throws IOException {
    if (!NAMES.contains(name)) {
      throw ProblemException.notFound("client", name);
    }
    byte[] source = read(name);
    EntityTag tag = new EntityTag(ContentHash.of(source).hex());
    Response.ResponseBuilder answer =
        Immutable.isHeld(tag, request, headers)
            ? Response.notModified()
            : Response.ok(source, "text/plain;charset=UTF-8");
    return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream source = ClientResource.class.getResourceAsStream("/clients/" + name)) {
      return source.readAllBytes();
    }
  }
}
