package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.domain.InvalidInputException;
import org.captionary.domain.evaluation.HumanAgreement;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.junit.jupiter.api.Test;

class JudgementScoringTest {

  private static final ScoreRequest ALL = new ScoreRequest(Split.ALL, References.RAW, Words.PTB);

  private final JobScene scene = new JobScene();
  private final JudgementScoring scoring =
      new JudgementScoring(scene.ports(scene.repositories.unit()));

  private void describe() {
    scene
        .files
        .caption("a.jpg#0", "a black dog runs")
        .caption("b.jpg#0", "a dog runs fast")
        .caption("c.jpg#0", "two children swim")
        .split("test", "a.jpg")
        .split("train", "b.jpg", "c.jpg")
        .photo("a.jpg", "of a")
        .photo("b.jpg", "of b")
        .photo("c.jpg", "of c");
  }

  private Preparation prepare() {
    scene.register();
    return scene.preparation(scene.run(Recipe.TUTORIAL));
  }

  private Preparation judged() {
    describe();
    scene
        .files
        .judged(
            Annotators.EXPERT, "a.jpg b.jpg#0 3 4 4", "a.jpg c.jpg#0 1 1 2", "a.jpg a.jpg#0 4 4 4")
        .judged(Annotators.CROWD, "b.jpg a.jpg#0 9 1", "b.jpg c.jpg#0 0 3");
    return prepare();
  }

  /** What was written for the photo is left out: its score is that of its own reference. */
  @Test
  void pairsEachExpertsScoreWithTheMetrics() {
    HumanAgreement found = scoring.agreement(judged(), ALL, Annotators.EXPERT);

    assertThat(found.captions()).isEqualTo(2);
    assertThat(found.ratings()).isEqualTo(6);
    // Of 15 pairs 9 have one of either caption, in the right order; 2 * 9 / (36 * (2 - 1) / 2).
    assertThat(found.metrics().get(Metric.ROUGE_L).c()).isEqualTo(1);
    assertThat(found.metrics()).containsOnlyKeys(Metric.values());
  }

  @Test
  void takesTheFractionOfTheCrowd() {
    HumanAgreement found = scoring.agreement(judged(), ALL, Annotators.CROWD);
    assertThat(found.captions()).isEqualTo(2);
    assertThat(found.ratings()).isEqualTo(2);
    assertThat(found.metrics().get(Metric.BLEU_1).b()).isEqualTo(1);
  }

  @Test
  void countsPhotosOfTheSplitAlone() {
    ScoreRequest train = new ScoreRequest(new Split("train"), References.RAW, Words.PTB);
    Preparation preparation = judged();
    assertThat(scoring.agreement(preparation, train, Annotators.CROWD).captions()).isEqualTo(2);
    refused(() -> scoring.agreement(preparation, train, Annotators.EXPERT), "expert");
  }

  @Test
  void refusesADataSetWithoutJudgements() {
    describe();
    Preparation preparation = prepare();
    refused(() -> scoring.agreement(preparation, ALL, Annotators.CROWD), "crowd");
  }

  private static void refused(Runnable work, String value) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("judgements");
              assertThat(refusal.value()).isEqualTo(value);
            });
  }
}
