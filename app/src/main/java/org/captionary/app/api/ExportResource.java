package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.captionary.app.api.StreamedAnswers.Asked;
import org.captionary.app.api.StreamedAnswers.Body;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.ArrowExport;
import org.captionary.app.encoding.TarExport;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationExport;
import org.captionary.domain.training.EncodedPhoto;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A whole preparation as one file that other tools read, written while it is read. */
@Path("/api/preparations/{id}")
@RolesAllowed(Roles.TRAINER)
public class ExportResource {

  private static final String NO_PHOTOS = "none";
  private static final String PHOTOS = "original";
  private static final MediaType TAR = new MediaType("application", "x-tar");
  private static final MediaType ARROW = new MediaType("application", "vnd.apache.arrow.stream");

  private final PreparationFinder finder;
  private final PreparationExport export;
  private final StreamedAnswers answers;

  ExportResource(PreparationFinder finder, PreparationExport export, StreamedAnswers answers) {
    this.finder = finder;
    this.export = export;
    this.answers = answers;
  }

  /**
   * A WebDataset shard.
   *
   * @param photos {@code none}, or {@code original}: with the photos' files, as far as they still
   *     are what the preparation was made from, and then not the same bytes for ever
   */
  @GET
  @Path("/export.tar")
  public Response tar(
      @RestPath String id,
      @RestQuery String photos,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    Preparation preparation = finder.find(id);
    Asked asked = new Asked(request, headers, exchange);
    if (withPhotos(photos)) {
      StreamingOutput body = out -> writeTar(preparation, export.originals(preparation), out);
      Response.ResponseBuilder response =
          Response.ok().type(TAR).header(HttpHeaders.CACHE_CONTROL, "private, no-store");
      return answers.send(response, body(preparation, body), asked);
    }
    StreamingOutput body = out -> writeTar(preparation, photo -> Optional.empty(), out);
    return answers.immutable(Immutable.tag(id, "export.tar"), TAR, body(preparation, body), asked);
  }

  /** An Arrow stream, a row a photo. */
  @GET
  @Path("/export.arrows")
  public Response arrows(
      @RestPath String id,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    Preparation preparation = finder.find(id);
    StreamingOutput body =
        out -> {
          ArrowExport arrow = new ArrowExport(preparation.recipe().layers(), out);
          export.forEach(preparation, arrow::write);
          arrow.end();
        };
    Asked asked = new Asked(request, headers, exchange);
    return answers.immutable(
        Immutable.tag(id, "export.arrows"), ARROW, body(preparation, body), asked);
  }

  private static boolean withPhotos(String photos) {
    if (photos == null || photos.equals(NO_PHOTOS)) {
      return false;
    }
    if (photos.equals(PHOTOS)) {
      return true;
    }
    throw ProblemException.badField("photos", photos, List.of(NO_PHOTOS, PHOTOS));
  }

  private void writeTar(
      Preparation preparation, Function<EncodedPhoto, Optional<byte[]>> photos, OutputStream out)
      throws IOException {
    TarExport tar = new TarExport(out);
    export.forEach(preparation, sample -> tar.write(sample, photos.apply(sample.photo())));
    tar.end();
  }

  private Body body(Preparation preparation, StreamingOutput body) {
    return new Body(
        finder.body(preparation, body),
        OptionalLong.empty(),
        PreparationExport.heldBytes(preparation));
  }
}
