package org.captionary.app.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.HumanAgreement;
import org.captionary.domain.evaluation.HumanLine;
import org.captionary.domain.evaluation.KendallTau;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.ScoreRepository.Summary;
import org.captionary.domain.preparation.ScoreRequest;
import org.captionary.domain.preparation.ScoreRequest.References;

/** Scores on the wire: by the metric's name, those of photos by photo id. */
public final class ScoreViews {

  /** Said of cleaned text, which the recipe cuts. */
  private static final String BY_RECIPE = "recipe";

  private ScoreViews() {}

  /**
   * Scores of candidates.
   *
   * @param name null if they were not kept, as is {@code createdAt} then
   * @param photos how many were scored
   */
  public record ScoresView(
      String preparation,
      String name,
      Instant createdAt,
      String split,
      String references,
      String tokenizer,
      int photos,
      Map<String, Double> corpus,
      Map<String, Map<String, Double>> perPhoto) {

    static ScoresView of(PreparationId id, ScoreRequest request, Evaluation found) {
      return of(id, null, null, request, found);
    }

    static ScoresView of(PreparationId id, NamedScores kept) {
      return of(id, kept.name(), kept.at(), kept.request(), kept.evaluation());
    }

    private static ScoresView of(
        PreparationId id, String name, Instant at, ScoreRequest request, Evaluation found) {
      return new ScoresView(
          id.value(),
          name,
          at,
          request.split().name(),
          request.references().id(),
          cutBy(request),
          found.photos().size(),
          byName(found.corpus()),
          byPhoto(found));
    }
  }

  /** What is kept under a name, without what each photo has. */
  public record SummaryView(
      String name,
      Instant createdAt,
      String split,
      String references,
      String tokenizer,
      int photos,
      Map<String, Double> corpus) {

    static SummaryView of(Summary summary) {
      return new SummaryView(
          summary.name(),
          summary.at(),
          summary.request().split().name(),
          summary.request().references().id(),
          cutBy(summary.request()),
          summary.photos(),
          byName(summary.corpus()));
    }
  }

  /**
   * People's scores against one another.
   *
   * @param photos how many have two captions or more
   * @param corpus the mean of the rounds, weighed by their photos
   * @param perPhoto the mean of a photo's captions
   * @param rounds the k-th: the k-th caption of each photo against its others
   */
  public record PeopleView(
      String preparation,
      String split,
      String references,
      String tokenizer,
      int photos,
      Map<String, Double> corpus,
      Map<String, Map<String, Double>> perPhoto,
      List<RoundView> rounds) {

    static PeopleView of(PreparationId id, ScoreRequest request, HumanLine people) {
      return new PeopleView(
          id.value(),
          request.split().name(),
          request.references().id(),
          cutBy(request),
          people.mean().photos().size(),
          byName(people.mean().corpus()),
          byPhoto(people.mean()),
          people.rounds().stream().map(RoundView::of).toList());
    }
  }

  /** One caption of each photo against the others. */
  public record RoundView(int photos, Map<String, Double> corpus) {

    static RoundView of(Evaluation round) {
      return new RoundView(round.photos().size(), byName(round.corpus()));
    }
  }

  /**
   * How far metrics agree with people.
   *
   * @param judgements whose: {@code expert} or {@code crowd}
   * @param captions how many judged captions were scored
   * @param ratings how many ratings they have
   * @param metrics by name
   */
  public record AgreementView(
      String preparation,
      String judgements,
      String split,
      String references,
      String tokenizer,
      int captions,
      int ratings,
      Map<String, TauView> metrics) {

    static AgreementView of(
        PreparationId id, ScoreRequest request, Annotators annotators, HumanAgreement found) {
      Map<String, TauView> metrics = new LinkedHashMap<>();
      found.metrics().forEach((metric, tau) -> metrics.put(metric.id(), TauView.of(tau)));
      return new AgreementView(
          id.value(),
          annotators.id(),
          request.split().name(),
          request.references().id(),
          cutBy(request),
          found.captions(),
          found.ratings(),
          metrics);
    }
  }

  /** Kendall's tau-b and tau-c, -1 to 1; null if all scores, or all ratings, are equal. */
  public record TauView(Double tauB, Double tauC) {

    static TauView of(KendallTau tau) {
      return Double.isNaN(tau.b()) ? new TauView(null, null) : new TauView(tau.b(), tau.c());
    }
  }

  private static String cutBy(ScoreRequest request) {
    return request.references() == References.CLEANED ? BY_RECIPE : request.words().id();
  }

  private static Map<String, Double> byName(Map<Metric, Double> scores) {
    Map<String, Double> named = new LinkedHashMap<>();
    scores.forEach((metric, score) -> named.put(metric.id(), score));
    return named;
  }

  private static Map<String, Map<String, Double>> byPhoto(Evaluation found) {
    Map<String, Map<String, Double>> photos = new LinkedHashMap<>();
    found.photos().forEach((photo, scores) -> photos.put(photo.value(), byName(scores)));
    return photos;
  }
}
