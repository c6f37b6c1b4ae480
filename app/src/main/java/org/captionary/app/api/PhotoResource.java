package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.captionary.app.body.BatchBody;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.photo.UnstorableValueException;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.FeaturesOnDemand;

/** Photos that are in no data set, as captions are made for them by a trained model. */
@Path("/api/photos")
@RolesAllowed(Roles.TRAINER)
public class PhotoResource {

  private static final List<FeatureLayer> DEFAULT = List.of(FeatureLayer.AVG);

  private final FeaturesOnDemand features;
  private final PreparationFinder finder;

  PhotoResource(FeaturesOnDemand features, PreparationFinder finder) {
    this.features = features;
    this.finder = finder;
  }

  /** One photo's features: an array under each layer's name, in the encodings of a batch. */
  @POST
  @Path("/features")
  @Consumes(MediaType.WILDCARD)
  public Response features(
      byte[] file,
      @BeanParam PhotoParameters parameters,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    BatchEncoding encoding = AcceptedEncoding.of(headers.getRequestHeader(HttpHeaders.ACCEPT));
    Batch found =
        parameters.ofPreparation() ? asPrepared(file, parameters) : asNamed(file, parameters);
    return Response.ok(new BatchBody(found, encoding.encode(found), exchange), encoding.type())
        .header("Extractor", shown(features.extractor()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  /** A header takes no letters beyond ASCII, as a file of weights may have in its name. */
  private static String shown(ExtractorIdentity extractor) {
    return "%s; weights=\"%s\"; sha256=%s; precision=%s"
        .formatted(
            extractor.extractor(),
            extractor.weights().replaceAll("[^ !#-~]", "?"),
            extractor.weightsSha256().hex(),
            extractor.precision());
  }

  private Batch asNamed(byte[] file, PhotoParameters parameters) {
    return extract(
        file,
        parameters.rendering(),
        StoredType.FLOAT32,
        parameters.layers(DEFAULT, features.layers()));
  }

  private Batch asPrepared(byte[] file, PhotoParameters parameters) {
    Preparation preparation = finder.find(parameters.preparation);
    Rendering rendering = parameters.rendering(preparation, features);
    return extract(
        file,
        rendering,
        preparation.recipe().stored(),
        parameters.layers(preparation.recipe().layers(), preparation.recipe().features()));
  }

  private Batch extract(
      byte[] file, Rendering rendering, StoredType stored, List<FeatureLayer> layers) {
    try {
      return features.of(file, rendering, stored, layers);
    } catch (UnreadablePhotoException e) {
      throw ProblemException.badField(
          "body", file.length + " bytes", "a photo's file; this one: " + e.getMessage());
    } catch (UnstorableValueException e) {
      throw ProblemException.badField(
          "body",
          file.length + " bytes",
          "a photo that the preparation can hold: " + e.getMessage());
    }
  }
}
