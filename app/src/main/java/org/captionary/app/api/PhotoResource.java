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
import org.captionary.app.body.BatchBody;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.photo.UnstorableValueException;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.FeaturesOnDemand;

/** Photos that are in no data set, as captions are made for them by a trained model. */
@Path("/api/photos")
@RolesAllowed(Roles.TRAINER)
public class PhotoResource {

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
    FeaturesOnDemand.Wanted wanted =
        parameters.ofPreparation()
            ? parameters.asPrepared(finder.find(parameters.preparation), features)
            : parameters.asNamed(features);
    Batch found = extract(file, wanted);
    return Response.ok(new BatchBody(found, encoding.encode(found), exchange), encoding.type())
        .header("Extractor", shown(extractor(wanted)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private ExtractorIdentity extractor(FeaturesOnDemand.Wanted wanted) {
    return features.extractor(wanted.network(), wanted.precision()).orElseThrow();
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

  private Batch extract(byte[] file, FeaturesOnDemand.Wanted wanted) {
    try {
      return features.of(file, wanted);
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
