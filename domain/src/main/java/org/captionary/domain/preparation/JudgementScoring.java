package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.evaluation.Comparison;
import org.captionary.domain.evaluation.HumanAgreement;
import org.captionary.domain.evaluation.HumanAgreement.Judged;
import org.captionary.domain.evaluation.Sentence;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.ScoredPhotos.Photo;
import org.captionary.domain.training.IncompletePreparationException;

/**
 * Scores the captions that people judged for a photo, to tell how far each metric agrees with them.
 * A caption that was written for the photo is left out, as it is one of the references.
 */
public final class JudgementScoring {

  private final Ports ports;

  public JudgementScoring(Ports ports) {
    this.ports = ports;
  }

  /**
   * Correlates the metrics with what {@code annotators} said of captions of a split's photos.
   *
   * @throws InvalidInputException on {@code split} if it is none of the data set's or too large, on
   *     {@code judgements} if there is none by these annotators
   * @throws IncompletePreparationException if it is being deleted
   */
  public HumanAgreement agreement(
      Preparation preparation, ScoreRequest request, Annotators annotators) {
    ScoreTexts texts = new ScoreTexts(preparation, request);
    Map<PhotoId, List<Sentence>> references = new HashMap<>();
    for (Photo photo : new ScoredPhotos(ports).of(preparation, request.split(), id -> true)) {
      references.put(photo.id(), texts.sentences(photo.captions()));
    }
    List<Judged> judged = new ArrayList<>();
    ports
        .judgements()
        .forEach(
            ports.snapshot(preparation),
            Optional.empty(),
            (photo, caption) -> {
              List<Double> ratings = ratings(annotators, caption.judgement());
              if (references.containsKey(photo)
                  && isForeign(photo, caption)
                  && !ratings.isEmpty()) {
                judged.add(judged(texts, photo, caption, references.get(photo), ratings));
              }
            });
    if (judged.isEmpty()) {
      throw new InvalidInputException(
          "judgements", annotators.id(), "judgements that the data set has for the split");
    }
    return HumanAgreement.of(texts.reader(), judged);
  }

  private static boolean isForeign(PhotoId photo, Caption caption) {
    return !caption.photo().equals(photo);
  }

  private static Judged judged(
      ScoreTexts texts,
      PhotoId photo,
      Caption caption,
      List<Sentence> references,
      List<Double> ratings) {
    return new Judged(new Comparison(photo, texts.sentence(caption.text()), references), ratings);
  }

  /** Each expert's score, or the fraction of the crowd. */
  private static List<Double> ratings(Annotators annotators, Judgement judgement) {
    return switch (annotators) {
      case EXPERT -> judgement.expertScores().stream().map(Integer::doubleValue).toList();
      case CROWD -> judgement.crowdFraction().stream().boxed().toList();
    };
  }
}
