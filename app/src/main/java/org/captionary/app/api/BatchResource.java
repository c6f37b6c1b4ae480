package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
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
import org.captionary.domain.training.TrainingSet;
import org.jboss.resteasy.reactive.RestPath;

/** Batches: each an immutable resource, decided by its address alone. */
@Path("/api/preparations/{id}/batches/{n}")
@RolesAllowed(Roles.TRAINER)
public class BatchResource {

  /** Kept by the client alone, as it was given for a token; for a year, as it never changes. */
  private static final String FOREVER = "private, max-age=31536000, immutable";

  private final PreparationFinder finder;
  private final BatchReader reader;

  BatchResource(PreparationFinder finder, BatchReader reader) {
    this.finder = finder;
    this.reader = reader;
  }

  @GET
  public Response batch(
      @RestPath String id,
      @RestPath String n,
      @BeanParam BatchParameters parameters,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context UriInfo address) {
    BatchName name = BatchName.parse(n);
    BatchEncoding encoding = name.encoding().orElseGet(() -> accepted(request));
    BatchRequest asked = parameters.toRequest();
    Preparation preparation = finder.find(id);
    TrainingSet set = preparation.trainingSet();
    long count = reader.count(set, asked);
    if (name.number() >= count) {
      throw ProblemException.notFound("batch", name.number());
    }
    EntityTag tag = tag(preparation, asked, name.number(), encoding);
    Response.ResponseBuilder response = request.evaluatePreconditions(tag);
    if (response == null && isHeld(tag, headers)) {
      response = Response.notModified();
    }
    if (response == null) {
      response = body(reader.read(set, asked, name.number()), encoding);
    }
    response.tag(tag).header(HttpHeaders.CACHE_CONTROL, FOREVER).header("Batch-Count", count);
    // Where Accept chose, the choice has set it already; null keeps it from standing twice.
    response.header(HttpHeaders.VARY, name.encoding().isPresent() ? HttpHeaders.ACCEPT : null);
    if (name.number() + 1 < count) {
      response.header(HttpHeaders.LINK, next(id, name.number() + 1, encoding, address));
    }
    return response.build();
  }

  /**
   * Whether {@code If-None-Match} names the tag. It is compared weakly (RFC 9110, section 13.1.2),
   * as a proxy may have weakened it; JAX-RS compares strongly.
   */
  private static boolean isHeld(EntityTag tag, HttpHeaders headers) {
    String quoted = '"' + tag.getValue() + '"';
    return headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH).stream()
        .anyMatch(held -> held.contains(quoted));
  }

  private static BatchEncoding accepted(Request request) {
    Variant variant = request.selectVariant(BatchEncoding.variants());
    if (variant == null) {
      throw new NotAcceptableException();
    }
    return BatchEncoding.of(variant);
  }

  private static EntityTag tag(
      Preparation preparation, BatchRequest asked, long number, BatchEncoding encoding) {
    String meant =
        String.join(
            "\n",
            preparation.id().value(),
            BatchParameters.canonical(asked),
            String.valueOf(number),
            encoding.suffix());
    return new EntityTag(ContentHash.of(meant.getBytes(StandardCharsets.UTF_8)).hex());
  }

  private static Response.ResponseBuilder body(Batch batch, BatchEncoding encoding) {
    if (encoding == BatchEncoding.JSON) {
      StreamingOutput json = out -> JsonEncoder.write(batch, out);
      return Response.ok(json, encoding.type());
    }
    NpzEncoder npz = new NpzEncoder(batch);
    StreamingOutput body = npz::writeTo;
    return Response.ok(body, encoding.type()).header(HttpHeaders.CONTENT_LENGTH, npz.length());
  }

  private static String next(String id, long number, BatchEncoding encoding, UriInfo address) {
    String query = address.getRequestUri().getRawQuery();
    return "</api/preparations/%s/batches/%d%s%s>; rel=\"next\""
        .formatted(id, number, encoding.suffix(), query == null ? "" : "?" + query);
  }
}
