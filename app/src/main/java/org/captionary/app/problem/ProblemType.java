package org.captionary.app.problem;

/**
 * Every kind of problem that the service answers with. Its URI is {@code urn:captionary:problem:}
 * and the constant's name in lower case with hyphens; neither is ever given another meaning. A
 * status that has no kind here is of RFC 9457's type {@code about:blank}.
 */
public enum ProblemType {
  /** The request cannot be understood as a whole. */
  BAD_REQUEST(400, "The request is not valid"),
  /** A parameter, header or key has a value that it may not have. */
  BAD_FIELD(400, "A field has a value that it may not have"),
  /** A parameter or key that is not known here. */
  UNKNOWN_FIELD(400, "A field is not known"),
  /** A parameter or key that stands more than once. */
  REPEATED_FIELD(400, "A field stands more than once"),
  /** The body is not one JSON value. */
  MALFORMED_JSON(400, "The body is not JSON"),
  /** No token, or one that is not known. */
  UNAUTHENTICATED(401, "A valid bearer token is needed"),
  /** The token's role may not do this. */
  FORBIDDEN(403, "The token's role may not do this"),
  /** Nothing has this address or name. */
  NOT_FOUND(404, "Not found"),
  /** The address is known, the method is not. */
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  /** No encoding that the request accepts. */
  NOT_ACCEPTABLE(406, "No acceptable encoding"),
  /** The request contradicts what is stored. */
  CONFLICT(409, "The request contradicts what is stored"),
  /** The body came too slowly. */
  TOO_SLOW(408, "The body came too slowly"),
  /** The body is larger than the server takes. */
  TOO_LARGE(413, "The body is too large"),
  /** The body is of a type that is not read here. */
  UNSUPPORTED_MEDIA_TYPE(415, "The body's type is not read here"),
  /** Too many tokens that are none came from this address within a minute. */
  TOO_MANY_FAILURES(429, "Too many failed sign-ins from this address"),
  /** A fault of the service; the log tells more under the same instance. */
  INTERNAL(500, "The service failed"),
  /** The service cannot answer now; try again later. */
  UNAVAILABLE(503, "The service cannot answer now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** The URI that stands as {@code type}. */
  public String uri() {
    return "urn:captionary:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** A document of this kind that says no more than its title. */
  public Problem problem() {
    return new Problem(uri(), title, status, null, null, null, null, null);
  }
}
