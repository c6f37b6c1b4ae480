package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.evaluation.HumanLine;
import org.captionary.domain.evaluation.Metric;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.captionary.domain.training.IncompletePreparationException;
import org.junit.jupiter.api.Test;

class CaptionScoringTest {

  private static final Split TEST = new Split("test");
  private static final ScoreRequest RAW = new ScoreRequest(TEST, References.RAW, Words.PTB);

  private final JobScene scene = new JobScene();
  private final CaptionScoring scoring =
      new CaptionScoring(scene.ports(scene.repositories.unit()), scene.repositories.frequencies());

  private Preparation prepared() {
    scene
        .files
        .caption("a.jpg", "A dog, running.")
        .caption("a.jpg", "The dog's ball")
        .caption("b.jpg", "Two cats !")
        .caption("b.jpg", "A cat sleeps")
        .caption("c.jpg", "no file")
        .caption("t.jpg", "of another split")
        .split("test", "a.jpg", "b.jpg", "c.jpg")
        .split("train", "t.jpg")
        .photo("a.jpg", "of a")
        .photo("b.jpg", "of b")
        .photo("t.jpg", "of t");
    scene.register();
    return scene.preparation(scene.run(Recipe.TUTORIAL));
  }

  private static double bleu1(Evaluation evaluation, String photo) {
    return evaluation.photos().get(new PhotoId(photo)).get(Metric.BLEU_1);
  }

  @Test
  void comparesWithAllRawCaptionsOfAPhoto() {
    Evaluation scores =
        scoring.score(prepared(), RAW, Map.of("a", "the dog 's ball", "b", "two dogs"));

    assertThat(scores.photos().keySet()).extracting(PhotoId::value).containsExactly("a", "b");
    assertThat(bleu1(scores, "a")).isCloseTo(1, within(1e-6));
    assertThat(bleu1(scores, "b")).isCloseTo(0.5, within(1e-6));
    assertThat(scores.corpus().get(Metric.BLEU_1)).isCloseTo(5 / 6.0, within(1e-6));
  }

  @Test
  void cutsAsItIsTold() {
    Preparation preparation = prepared();
    Map<String, String> candidates = Map.of("a", "The dog's ball", "b", "cat !");

    Evaluation asWritten =
        scoring.score(
            preparation, new ScoreRequest(TEST, References.RAW, Words.WHITESPACE), candidates);
    Evaluation cleaned =
        scoring.score(
            preparation, new ScoreRequest(TEST, References.CLEANED, Words.PTB), candidates);

    // Two of three tokens, as "cats" is not "cat"; "cat" alone against "cat sleeps".
    assertThat(asWritten.photos().get(new PhotoId("a")).get(Metric.ROUGE_L))
        .isCloseTo(1, within(1e-9));
    assertThat(bleu1(asWritten, "b")).isCloseTo(Math.exp(-0.5), within(1e-6));
    assertThat(bleu1(cleaned, "b")).isCloseTo(Math.exp(-1), within(1e-6));
  }

  @Test
  void scoresAPhotoWithoutFileIfItHasACandidate() {
    Evaluation scores =
        scoring.score(prepared(), RAW, Map.of("a", "dog", "b", "cat", "c", "no file"));
    assertThat(bleu1(scores, "c")).isCloseTo(1, within(1e-6));
  }

  /**
   * What experts found right for a photo is learned from; references are what was written for it.
   */
  @Test
  void comparesWithAPhotosOwnCaptionsWhateverTheRecipeTakes() {
    scene.files.caption("a.jpg#0", "of photo a").caption("b.jpg#0", "of photo b");
    scene.files.caption("c.jpg#0", "of photo c").photo("c.jpg", "of c").photo("b.jpg", "of b");
    scene.files.judged(Annotators.EXPERT, "b.jpg a.jpg#0 4 4 4", "c.jpg c.jpg#0 3 4 3");
    scene.register();
    Recipe judged = RecipeFields.read(Map.of("captions", "all", "minExpertScore", 3));
    ScoreRequest all = new ScoreRequest(Split.ALL, References.RAW, Words.PTB);

    Evaluation scores =
        scoring.score(
            scene.preparation(scene.run(judged)), all, Map.of("b", "of photo b", "c", "x"));

    assertThat(bleu1(scores, "b")).isCloseTo(1, within(1e-6));
    assertThat(scores.photos()).hasSize(2);
  }

  /** So that a sample's scores can be compared with the whole split's. */
  @Test
  void weighsSomeCandidatesByTheWholeSplit() {
    Preparation preparation = prepared();
    Evaluation all =
        scoring.score(preparation, RAW, Map.of("a", "a dog", "b", "two dogs", "c", "no file"));

    Evaluation some = scoring.scoreSome(preparation, RAW, Map.of("b", "two dogs"));

    PhotoId b = new PhotoId("b");
    assertThat(some.photos().keySet()).containsExactly(b);
    assertThat(some.photos().get(b)).isEqualTo(all.photos().get(b));
    assertThat(some.corpus().get(Metric.CIDER_D)).isPositive();
  }

  @Test
  void keepsWhatItCounts() {
    Preparation preparation = prepared();
    Evaluation counted = scoring.scoreSome(preparation, RAW, Map.of("b", "two dogs"));
    assertThat(scene.repositories.frequencies().find(preparation.key(), RAW))
        .hasValueSatisfying(kept -> assertThat(kept.photos()).isEqualTo(3))
        .hasValueSatisfying(kept -> assertThat(kept.common()).containsEntry("a", 2));
    assertThat(scoring.scoreSome(preparation, RAW, Map.of("b", "two dogs"))).isEqualTo(counted);
  }

  @Test
  void refusesStrangersAndNoneAmongSome() {
    Preparation preparation = prepared();
    refused("candidates", "t", () -> scoring.scoreSome(preparation, RAW, Map.of("t", "")));
    refused("candidates", "none", () -> scoring.scoreSome(preparation, RAW, Map.of()));
  }

  @Test
  void refusesStrangersAndGapsByName() {
    Preparation preparation = prepared();
    refused(
        "candidates",
        "t, x",
        () -> scoring.score(preparation, RAW, Map.of("x", "", "t", "", "a", "", "b", "")));
    refused("candidates", "none of b", () -> scoring.score(preparation, RAW, Map.of("a", "")));
    Map<String, String> many = new HashMap<>();
    IntStream.range(0, 12).forEach(i -> many.put("x" + (10 + i), ""));
    refused(
        "candidates",
        "x10, x11, x12, x13, x14, x15, x16, x17, x18, x19 and 2 more",
        () -> scoring.score(preparation, RAW, many));
  }

  @Test
  void refusesWhatIsTooLongAndUnknownSplits() {
    Preparation preparation = prepared();
    String tooLong = "x".repeat(CaptionScoring.MAX_CANDIDATE + 1);
    refused(
        "candidates.a",
        "20001 characters",
        () -> scoring.score(preparation, RAW, Map.of("a", tooLong, "b", "")));
    ScoreRequest nowhere = new ScoreRequest(new Split("dev2"), References.RAW, Words.PTB);
    refused("split", "dev2", () -> scoring.score(preparation, nowhere, Map.of()));
  }

  private static void refused(String field, String value, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo(field);
              assertThat(refusal.value()).isEqualTo(value);
            });
  }

  @Test
  void scoresPeopleAgainstOneAnother() {
    Preparation preparation = prepared();
    HumanLine people = scoring.people(preparation, RAW);

    assertThat(people.rounds()).hasSize(2);
    assertThat(people.mean().photos().keySet())
        .extracting(PhotoId::value)
        .containsExactly("a", "b");
    // "a dog running" against "the dog 's ball", and the other way round.
    assertThat(bleu1(people.rounds().get(0), "a"))
        .isCloseTo(Math.exp(1 - 4 / 3.0) / 3, within(1e-6));
    assertThat(bleu1(people.rounds().get(1), "a")).isCloseTo(0.25, within(1e-6));
    assertThat(bleu1(people.mean(), "a"))
        .isCloseTo((Math.exp(1 - 4 / 3.0) / 3 + 0.25) / 2, within(1e-6));
    ScoreRequest alone = new ScoreRequest(new Split("train"), References.RAW, Words.PTB);
    refused("split", "train", () -> scoring.people(preparation, alone));
  }

  @Test
  void endsWithAFaultOnceThePreparationIsDeleted() {
    Preparation preparation = prepared();
    Ports ports = scene.ports(scene.repositories.unit());
    new Deletion(ports, new CleanUp(ports)).dataset("d");
    assertThatThrownBy(() -> scoring.people(preparation, RAW))
        .isInstanceOf(IncompletePreparationException.class);
  }
}
