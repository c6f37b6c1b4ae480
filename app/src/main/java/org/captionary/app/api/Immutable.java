package org.captionary.app.api;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.captionary.domain.photo.ContentHash;

/** What the answers have in common that never change: tag, caching, conditions. */
final class Immutable {

  /**
   * Kept by the client alone, as it was given for a token: a shared cache that kept it would hand
   * it to those without one (RFC 9111, section 3.5). For a year, as it never changes.
   */
  static final String FOREVER = "private, max-age=31536000, immutable";

  /** Raised when the bytes of any encoding become others. */
  private static final String FORMAT = "1";

  private Immutable() {}

  /**
   * A strong tag.
   *
   * @param parts all that decides the bytes
   */
  static EntityTag tag(String... parts) {
    String meant = FORMAT + "\n" + String.join("\n", parts);
    return new EntityTag(ContentHash.of(meant.getBytes(StandardCharsets.UTF_8)).hex());
  }

  static Response.ResponseBuilder headers(Response.ResponseBuilder response, EntityTag tag) {
    return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, FOREVER);
  }

  /**
   * Whether {@code If-None-Match} names the tag. It is compared weakly (RFC 9110, section 13.1.2),
   * as a proxy may have weakened it; JAX-RS compares strongly.
   *
   * @throws ClientErrorException 412 if {@code If-Match} names others
   */
  static boolean isHeld(EntityTag tag, Request request, HttpHeaders headers) {
    String quoted = '"' + tag.getValue() + '"';
    if (headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH).stream()
        .anyMatch(held -> held.contains(quoted))) {
      return true;
    }
    Response.ResponseBuilder answer = request.evaluatePreconditions(tag);
    if (answer == null) {
      return false;
    }
    int status = answer.build().getStatus();
    if (status != Response.Status.NOT_MODIFIED.getStatusCode()) {
      throw new ClientErrorException(status);
    }
    return true;
  }
}
