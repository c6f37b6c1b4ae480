package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.OptionalLong;
import java.util.function.Function;
import org.captionary.app.api.StreamedAnswers.Asked;
import org.captionary.app.api.StreamedAnswers.Body;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.NpzEncoder;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.TrainingSet;
import org.captionary.domain.training.WholeFeatures;
import org.captionary.domain.training.WholeText;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A preparation's whole sets, each one file that is written while it is read. */
@Path("/api/preparations/{id}")
@RolesAllowed(Roles.TRAINER)
public class WholeSetResource {

  /** About what a page of the text takes while it is written. */
  private static final long TEXT_BYTES = 4 << 20;

  private final PreparationFinder finder;
  private final WholeText text;
  private final WholeFeatures features;
  private final StreamedAnswers answers;

  WholeSetResource(
      PreparationFinder finder,
      ExampleRepository examples,
      PhotoRepository photos,
      StreamedAnswers answers) {
    this.finder = finder;
    this.text = new WholeText(examples);
    this.features = new WholeFeatures(examples, photos);
    this.answers = answers;
  }

  /** An array of the layer's shape under each photo's id. */
  @GET
  @Path("/features.npz")
  public Response features(
      @RestPath String id,
      @RestQuery String layer,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    Preparation preparation = finder.find(id);
    TrainingSet set = preparation.trainingSet();
    FeatureLayer chosen = set.layer(BatchParameters.layer(layer));
    EntityTag tag = Immutable.tag(id, "features.npz", chosen.id());
    StreamingOutput body =
        out -> NpzEncoder.stream(sink -> features.forEach(set, chosen, sink::write), out);
    return answer(
        tag,
        finder.body(preparation, body),
        OptionalLong.empty(),
        WholeFeatures.heldBytes(chosen),
        new Asked(request, headers, exchange));
  }

  /** Model {@code sequence} over the whole text. */
  @GET
  @Path("/sequences.npz")
  public Response sequences(
      @RestPath String id,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    return ofText(id, "sequences.npz", text::sequences, new Asked(request, headers, exchange));
  }

  /** Model {@code word} over the whole text. */
  @GET
  @Path("/words.npz")
  public Response words(
      @RestPath String id,
      @Context Request request,
      @Context HttpHeaders headers,
      @Context RoutingContext exchange) {
    return ofText(id, "words.npz", text::words, new Asked(request, headers, exchange));
  }

  private Response ofText(
      String id, String name, Function<TrainingSet, Batch> arrays, Asked asked) {
    Preparation preparation = finder.find(id);
    NpzEncoder encoded = new NpzEncoder(arrays.apply(preparation.trainingSet()));
    StreamingOutput body = finder.body(preparation, encoded::writeTo);
    return answer(Immutable.tag(id, name), body, encoded.length(), TEXT_BYTES, asked);
  }

  private Response answer(
      EntityTag tag, StreamingOutput body, OptionalLong length, long heldBytes, Asked asked) {
    return answers.immutable(
        tag, BatchEncoding.NPZ.type(), new Body(body, length, heldBytes), asked);
  }
}
