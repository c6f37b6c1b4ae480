package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.OptionalLong;
import org.captionary.app.body.BatchMemory;

/** Answers that are written while they are read; what they hold meanwhile is accounted for. */
@Singleton
class StreamedAnswers {

  private final BatchMemory memory;

  StreamedAnswers(BatchMemory memory) {
    this.memory = memory;
  }

  /** The request, as far as it decides the answer's form. */
  record Asked(Request request, HttpHeaders headers, RoutingContext exchange) {}

  /**
   * What is sent.
   *
   * @param length in bytes, where it is known before
   * @param heldBytes about how many are held at a time
   */
  record Body(StreamingOutput stream, OptionalLong length, long heldBytes) {}

  /** What never changes: with its tag, or nothing if whoever asks has it. */
  Response immutable(EntityTag tag, MediaType type, Body body, Asked asked) {
    if (Immutable.isHeld(tag, asked.request(), asked.headers())) {
      return Immutable.headers(Response.notModified(), tag).build();
    }
    return send(Immutable.headers(Response.ok().type(type), tag), body, asked);
  }

  /** Without a body if only headers are asked for. */
  Response send(Response.ResponseBuilder response, Body body, Asked asked) {
    if (!asked.request().getMethod().equals(HttpMethod.HEAD)) {
      Runnable giveBack = memory.take(body.heldBytes());
      asked.exchange().addEndHandler(ended -> giveBack.run());
      response.entity(body.stream());
      body.length().ifPresent(bytes -> response.header(HttpHeaders.CONTENT_LENGTH, bytes));
    }
    return response.build();
  }
}
