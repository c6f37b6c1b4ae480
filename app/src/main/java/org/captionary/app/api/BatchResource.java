package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.captionary.app.body.BatchBody;
import org.captionary.app.body.BatchMemory;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.EncodedBatch;
import org.captionary.app.metrics.BatchMeters;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchReader;
import org.captionary.domain.training.BatchRequest;
import org.captionary.domain.training.PlannedBatch;
import org.jboss.resteasy.reactive.RestPath;

/** Batches: each an immutable resource, decided by its address alone. */
@Path("/api/preparations/{id}/batches/{n}")
@RolesAllowed(Roles.TRAINER)
public class BatchResource {

  private final PreparationFinder finder;
  private final BatchReader reader;
  private final BatchMemory memory;

  BatchResource(PreparationFinder finder, BatchReader reader, BatchMemory memory) {
    this.finder = finder;
    this.reader = reader;
    this.memory = memory;
  }

  @GET
  public Response batch(
      @RestPath String id,
      @RestPath String n,
      @BeanParam BatchParameters parameters,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    BatchName name = BatchName.parse(n);
    BatchEncoding encoding = name.encoding().orElseGet(() -> accepted(headers));
    BatchMeters.encoding(exchange, encoding.id());
    BatchRequest wanted = parameters.toRequest();
    return finder.answerFromKept(
        id,
        preparation ->
            batch(
                new Asked(preparation, wanted, name.number(), encoding),
                request,
                headers,
                exchange));
  }

  private Response batch(
      Asked asked, Request request, HttpHeaders headers, RoutingContext exchange) {
    long number = asked.number();
    long count = reader.count(asked.preparation().trainingSet(), asked.request());
    if (number >= count) {
      throw ProblemException.notFound("batch", number);
    }
    Response.ResponseBuilder response = answer(asked, request, headers, exchange);
    Immutable.headers(response, asked.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Batch-Count", count);
    if (number + 1 < count) {
      response.header(HttpHeaders.LINK, asked.next(exchange.request().query()));
    }
    return response.build();
  }

  private Response.ResponseBuilder answer(
      Asked asked, Request request, HttpHeaders headers, RoutingContext exchange) {
    if (Immutable.isHeld(asked.tag(), request, headers)) {
      return Response.notModified();
    }
    return request.getMethod().equals(HttpMethod.HEAD)
        ? Response.ok().type(asked.encoding().type())
        : body(asked, exchange);
  }

  private static BatchEncoding accepted(HttpHeaders headers) {
    return AcceptedEncoding.of(headers.getRequestHeader(HttpHeaders.ACCEPT));
  }

  private Response.ResponseBuilder body(Asked asked, RoutingContext exchange) {
    PlannedBatch planned =
        reader.plan(asked.preparation().trainingSet(), asked.request(), asked.number());
    Runnable giveBack = memory.take(planned.heldBytes());
    // Also when the reader vanishes before or while the batch is written.
    exchange.addEndHandler(ended -> giveBack.run());
    Batch batch = planned.read();
    EncodedBatch encoded = asked.encoding().encode(batch);
    return Response.ok(new BatchBody(batch, encoded, exchange), asked.encoding().type());
  }

  /** A batch by all that decides its bytes. */
  private record Asked(
      Preparation preparation, BatchRequest request, long number, BatchEncoding encoding) {

    EntityTag tag() {
      return Immutable.tag(
          preparation.id().value(),
          BatchParameters.canonical(request),
          String.valueOf(number),
          encoding.suffix());
    }

    /**
     * The link to the batch behind it.
     *
     * @param query as it was sent; null if there was none
     */
    String next(String query) {
      return "</api/preparations/%s/batches/%d%s%s>; rel=\"next\""
          .formatted(
              preparation.id(), number + 1, encoding.suffix(), query == null ? "" : "?" + query);
    }
  }
}
