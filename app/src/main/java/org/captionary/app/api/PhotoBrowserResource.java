package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.captionary.app.api.PhotoView.PhotosView;
import org.captionary.app.body.BatchBody;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.PhotoBrowser;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A preparation's described photos one by one: captions, file and features. */
@Path("/api/preparations/{id}/photos")
@RolesAllowed(Roles.TRAINER)
public class PhotoBrowserResource {

  private static final String PHOTO = "photo";
  private static final int USUAL_LIMIT = 24;
  private static final int MOST = 100;

  private final PreparationFinder finder;
  private final PhotoBrowser browser;
  private final PhotoFileAnswers answers;

  PhotoBrowserResource(PreparationFinder finder, PhotoBrowser browser, PhotoFileAnswers answers) {
    this.finder = finder;
    this.browser = browser;
    this.answers = answers;
  }

  /**
   * Photos in the order of ids, with their captions raw, clean and encoded.
   *
   * @param from the first id, or its beginning; left out: from the first photo
   * @param limit at most so many, 1 to 100
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public PhotosView photos(@RestPath String id, @RestQuery String from, @RestQuery Integer limit) {
    int wanted = limit(limit);
    Optional<PhotoId> after = before(from);
    return finder.answer(
        id, preparation -> PhotosView.of(browser.after(preparation, after, wanted + 1), wanted));
  }

  private static int limit(Integer limit) {
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw ProblemException.badField("limit", limit, "a whole number from 1 to " + MOST);
    }
    return limit == null ? USUAL_LIMIT : limit;
  }

  private static Optional<PhotoId> before(String from) {
    try {
      return PhotoId.lastBefore(from == null ? "" : from);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badField("from", from, "a photo's id, or the beginning of one");
    }
  }

  /** The photo's file, while it is what the preparation was made from. */
  @GET
  @Path("/file")
  public Response file(
      @RestPath String id, @RestQuery String photo, @Context RoutingContext exchange) {
    PhotoId wanted = id(photo);
    return answers
        .answer(
            photo,
            exchange,
            () -> finder.answer(id, preparation -> browser.file(preparation, wanted)))
        .header(HttpHeaders.CACHE_CONTROL, Immutable.FOREVER)
        .build();
  }

  /**
   * The photo's features as they are stored: an array under each layer's name, in the encodings of
   * a batch.
   *
   * @param layer one of the preparation's; left out: all
   */
  @GET
  @Path("/features")
  public Response features(
      @RestPath String id,
      @RestQuery String photo,
      @RestQuery String layer,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    BatchEncoding encoding = AcceptedEncoding.of(headers.getRequestHeader(HttpHeaders.ACCEPT));
    PhotoId wanted = id(photo);
    Batch found = finder.answer(id, preparation -> features(preparation, wanted, layer));
    return Response.ok(new BatchBody(found, encoding.encode(found), exchange), encoding.type())
        .header(HttpHeaders.CACHE_CONTROL, Immutable.FOREVER)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private Batch features(Preparation preparation, PhotoId photo, String layer) {
    Sample sample =
        browser
            .find(preparation, photo, layers(preparation, layer))
            .filter(found -> found.photo().content().isPresent())
            .orElseThrow(() -> ProblemException.notFound(PHOTO, photo));
    return new Batch(
        sample.features().entrySet().stream()
            .map(row -> BatchArray.ofLayer(row.getKey().id(), row.getKey(), row.getValue()))
            .toList());
  }

  private static List<FeatureLayer> layers(Preparation preparation, String layer) {
    List<FeatureLayer> stored = preparation.recipe().layers();
    List<FeatureLayer> wanted =
        stored.stream().filter(known -> layer == null || known.id().equals(layer)).toList();
    if (layer != null && wanted.isEmpty()) {
      throw ProblemException.badField(
          "layer", layer, stored.stream().map(FeatureLayer::id).toList());
    }
    return wanted;
  }

  private static PhotoId id(String photo) {
    try {
      return new PhotoId(photo == null ? "" : photo);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badField(PHOTO, photo, "the id of a photo");
    }
  }
}
