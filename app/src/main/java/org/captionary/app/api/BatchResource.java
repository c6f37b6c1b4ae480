package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.JsonEncoder;
import org.captionary.app.encoding.NpzEncoder;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ContentHash;
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

  /** Kept by the client alone, as it was given for a token; for a year, as it never changes. */
  private static final String FOREVER = "private, max-age=31536000, immutable";

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
    BatchRequest wanted = parameters.toRequest();
    Preparation preparation = finder.find(id);
    long count = reader.count(preparation.trainingSet(), wanted);
    if (name.number() >= count) {
      throw ProblemException.notFound("batch", name.number());
    }
    Asked asked = new Asked(preparation, wanted, name.number(), encoding);
    Response.ResponseBuilder response = answer(asked, request, headers, exchange);
    response
        .tag(asked.tag())
        .header(HttpHeaders.CACHE_CONTROL, FOREVER)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Batch-Count", count);
    if (name.number() + 1 < count) {
      response.header(HttpHeaders.LINK, asked.next(exchange.request().query()));
    }
    return response.build();
  }

  private Response.ResponseBuilder answer(
      Asked asked, Request request, HttpHeaders headers, RoutingContext exchange) {
    if (isHeld(asked.tag(), request, headers)) {
      return Response.notModified();
    }
    return request.getMethod().equals(HttpMethod.HEAD)
        ? Response.ok().type(asked.encoding().type())
        : body(asked, exchange);
  }

  /**
   * Whether {@code If-None-Match} names the tag. It is compared weakly (RFC 9110, section 13.1.2),
   * as a proxy may have weakened it; JAX-RS compares strongly.
   *
   * @throws ClientErrorException 412 if {@code If-Match} names others
   */
  private static boolean isHeld(EntityTag tag, Request request, HttpHeaders headers) {
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
    if (asked.encoding() == BatchEncoding.JSON) {
      StreamingOutput json = out -> JsonEncoder.write(batch, out);
      return Response.ok(json, asked.encoding().type());
    }
    NpzEncoder npz = new NpzEncoder(batch);
    StreamingOutput body = npz::writeTo;
    return Response.ok(body, asked.encoding().type())
        .header(HttpHeaders.CONTENT_LENGTH, npz.length());
  }

  /** A batch by all that decides its bytes. */
  private record Asked(
      Preparation preparation, BatchRequest request, long number, BatchEncoding encoding) {

    EntityTag tag() {
      String meant =
          String.join(
              "\n",
              preparation.id().value(),
              BatchParameters.canonical(request),
              String.valueOf(number),
              encoding.suffix());
      return new EntityTag(ContentHash.of(meant.getBytes(StandardCharsets.UTF_8)).hex());
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
