package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.RejectedPhotos;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The file of a photo in the quarantine, as far as a browser may show it. */
@Path("/api/datasets/{name}/quarantine/photo")
@RolesAllowed(Roles.ADMIN)
public class QuarantinedPhotoResource {

  private final DatasetFinder datasets;
  private final RejectedPhotos photos;
  private final PhotoFileAnswers answers;

  QuarantinedPhotoResource(
      DatasetFinder datasets, RejectedPhotos photos, PhotoFileAnswers answers) {
    this.datasets = datasets;
    this.photos = photos;
    this.answers = answers;
  }

  /**
   * The file as it is now.
   *
   * @param source its name, as the quarantine has it
   */
  @GET
  public Response file(
      @RestPath String name, @RestQuery String source, @Context RoutingContext exchange) {
    Dataset dataset = datasets.find(name);
    if (source == null || source.indexOf('\0') >= 0) {
      throw ProblemException.badField("source", source, "a photo's file name in the quarantine");
    }
    return answers
        .answer(source, exchange, () -> photos.file(dataset, source))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
