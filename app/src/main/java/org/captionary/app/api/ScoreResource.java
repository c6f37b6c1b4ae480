package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.captionary.app.api.ScoreViews.AgreementView;
import org.captionary.app.api.ScoreViews.PeopleView;
import org.captionary.app.api.ScoreViews.ScoresView;
import org.captionary.app.api.ScoreViews.SummaryView;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.CaptionScoring;
import org.captionary.domain.preparation.JudgementScoring;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.ScoreRequest;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Captions, as a trained model makes them, scored against those that people wrote. One split is
 * scored at a time on a node, as its sentences are held in memory; others wait a little.
 */
@Singleton
@Path("/api/preparations/{id}/scores")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class ScoreResource {

  private static final int PATIENCE_SECONDS = 10;

  private final PreparationFinder finder;
  private final CaptionScoring scoring;
  private final JudgementScoring judgements;
  private final ScoreRepository scores;
  private final InstantSource clock;
  private final Semaphore turn = new Semaphore(1);

  ScoreResource(
      PreparationFinder finder,
      CaptionScoring scoring,
      JudgementScoring judgements,
      ScoreRepository scores,
      InstantSource clock) {
    this.finder = finder;
    this.scoring = scoring;
    this.judgements = judgements;
    this.scores = scores;
    this.clock = clock;
  }

  /**
   * What to score.
   *
   * @param split {@code all} if it is left out
   * @param candidates a caption by photo id
   * @param partial true if photos of the split may lack a candidate
   * @param references {@code raw} if it is left out, or {@code cleaned}
   * @param tokenizer for raw text: {@code ptb} if it is left out, or {@code whitespace}
   * @param name under which the scores are kept; null: they are not
   */
  public record ScoreBody(
      String split,
      Map<String, String> candidates,
      Boolean partial,
      String references,
      String tokenizer,
      String name) {}

  /** Scores candidates, and keeps the scores if they have a name. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response score(@RestPath String id, ScoreBody body) {
    ScoreRequest request = ScoreFields.request(body.split(), body.references(), body.tokenizer());
    Map<String, String> candidates = ScoreFields.candidates(body.candidates());
    return finder.answer(
        id,
        preparation -> {
          checkFree(preparation, body.name());
          Evaluation found =
              inTurn(
                  () ->
                      Boolean.TRUE.equals(body.partial())
                          ? scoring.scoreSome(preparation, request, candidates)
                          : scoring.score(preparation, request, candidates));
          return body.name() == null
              ? Response.ok(ScoresView.of(preparation.id(), request, found)).build()
              : kept(preparation, named(body.name(), request, found));
        });
  }

  private NamedScores named(String name, ScoreRequest request, Evaluation found) {
    return new NamedScores(name, request, clock.instant().truncatedTo(ChronoUnit.MILLIS), found);
  }

  /** Before anything is computed. */
  private void checkFree(Preparation preparation, String name) {
    if (name != null) {
      NamedScores.checkName(name);
      if (scores.find(preparation.key(), name).isPresent()) {
        throw taken(name);
      }
      if (scores.all(preparation.key()).size() >= NamedScores.MAX_KEPT) {
        throw ProblemException.conflict(
            "name", name, NamedScores.MAX_KEPT + " scores are kept; delete some first");
      }
    }
  }

  private Response kept(Preparation preparation, NamedScores named) {
    if (!scores.add(preparation.key(), named)) {
      throw taken(named.name());
    }
    String address =
        "/api/preparations/%s/scores/%s"
            .formatted(
                preparation.id().value(), URLEncoder.encode(named.name(), StandardCharsets.UTF_8));
    return Response.created(URI.create(address))
        .entity(ScoresView.of(preparation.id(), named))
        .build();
  }

  private static ProblemException taken(String name) {
    return ProblemException.conflict("name", name, "There are scores of this name");
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw unavailable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "Other captions are being scored; try again soon.");
  }

  @GET
  public List<SummaryView> all(@RestPath String id) {
    return scores.all(finder.find(id).key()).stream().map(SummaryView::of).toList();
  }

  /** The human line: each caption of a photo against the others of it. */
  @GET
  @Path("/" + NamedScores.PEOPLE)
  public PeopleView people(
      @RestPath String id,
      @RestQuery String split,
      @RestQuery String references,
      @RestQuery String tokenizer) {
    ScoreRequest request = ScoreFields.request(split, references, tokenizer);
    return finder.answer(
        id,
        preparation ->
            PeopleView.of(
                preparation.id(), request, inTurn(() -> scoring.people(preparation, request))));
  }

  /** How far each metric agrees with people who judged captions of the data set's photos. */
  @GET
  @Path("/" + NamedScores.JUDGEMENTS)
  public AgreementView agreement(
      @RestPath String id,
      @RestQuery String judgements,
      @RestQuery String split,
      @RestQuery String references,
      @RestQuery String tokenizer) {
    ScoreRequest request = ScoreFields.request(split, references, tokenizer);
    Annotators annotators = ScoreFields.annotators(judgements);
    return finder.answer(
        id,
        preparation ->
            AgreementView.of(
                preparation.id(),
                request,
                annotators,
                inTurn(() -> this.judgements.agreement(preparation, request, annotators))));
  }

  @GET
  @Path("/{name}")
  public ScoresView one(@RestPath String id, @RestPath String name) {
    Preparation preparation = finder.find(id);
    Optional<NamedScores> found = scores.find(preparation.key(), name);
    return ScoresView.of(preparation.id(), found.orElseThrow(() -> none(name)));
  }

  @DELETE
  @Path("/{name}")
  public void delete(@RestPath String id, @RestPath String name) {
    if (!scores.delete(finder.find(id).key(), name)) {
      throw none(name);
    }
  }

  private static ProblemException none(String name) {
    return ProblemException.notFound("scores", name);
  }
}
