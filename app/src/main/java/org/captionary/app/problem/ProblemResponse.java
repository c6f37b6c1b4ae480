package org.captionary.app.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** A problem as an HTTP answer: {@code application/problem+json} whatever {@code Accept} says. */
public final class ProblemResponse {

  /** The media type of a problem document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper MAPPER = new JsonMapper();

  private ProblemResponse() {}

  /** The answer for a resource method or a filter. */
  static Response of(Problem problem) {
    // Text is written as it is, also where the method's own writer is for JSON: bytes it would
    // encode.
    String text = json(problem);
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(text);
    headers(problem).forEach(response::header);
    return response.build();
  }

  /** Sends the answer where no resource method is concerned. */
  public static void send(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended()) {
      return;
    }
    if (response.headWritten()) {
      // Part of another answer is out: only a broken connection tells that it is not whole.
      response.reset();
      return;
    }
    response.setStatusCode(problem.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    headers(problem).forEach(response::putHeader);
    response.end(Buffer.buffer(json(problem)));
  }

  private static Map<String, String> headers(Problem problem) {
    return switch (problem.status()) {
      // RFC 9110, section 11.6.1: a 401 says how to authenticate.
      case 401 -> Map.of("WWW-Authenticate", "Bearer");
      // Section 15.5.6: a 405 says what can be done. The framework does not tell what an address
      // takes, so these are those that the service takes at one or another.
      case 405 -> Map.of("Allow", "DELETE, GET, HEAD, OPTIONS, POST");
      // The rest of the body is not read.
      case 408, 413 -> Map.of("Connection", "close");
      // Section 10.2.3: when to come again, in seconds.
      case 429 -> Map.of("Retry-After", "60");
      case 503 -> Map.of("Retry-After", "2");
      default -> Map.of();
    };
  }

  private static String json(Problem problem) {
    try {
      return MAPPER.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem is text and numbers alone", e);
    }
  }
}
