package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.captionary.app.door.Roles;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.CaptionLengths;
import org.jboss.resteasy.reactive.RestPath;

/** How long the captions of a preparation are. */
@Path("/api/preparations/{id}/lengths")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class LengthResource {

  private final PreparationFinder finder;
  private final CaptionLengths lengths;

  LengthResource(PreparationFinder finder, CaptionLengths lengths) {
    this.finder = finder;
    this.lengths = lengths;
  }

  /**
   * How many captions have one length.
   *
   * @param words as they are encoded, with start and end words
   */
  public record LengthView(int words, long captions) {}

  /** Of all described photos, in the order of lengths; those that no caption has are left out. */
  @GET
  public Response lengths(
      @RestPath String id, @Context Request request, @Context HttpHeaders headers) {
    EntityTag tag = Immutable.tag(finder.find(id).id().value(), "lengths");
    Response.ResponseBuilder answer =
        Immutable.isHeld(tag, request, headers)
            ? Response.notModified()
            : Response.ok(finder.answer(id, this::count));
    return Immutable.headers(answer, tag).build();
  }

  private List<LengthView> count(Preparation preparation) {
    return lengths.of(preparation.trainingSet()).entrySet().stream()
        .map(entry -> new LengthView(entry.getKey(), entry.getValue()))
        .toList();
  }
}
