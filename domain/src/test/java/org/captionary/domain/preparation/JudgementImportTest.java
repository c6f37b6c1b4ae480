package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.Judgement;
import org.junit.jupiter.api.Test;

final class JudgementImportTest {

  private static final Recipe TEXT = RecipeFields.read(Map.of("features", "none"));

  private final JobScene scene = new JobScene();

  @Test
  void findsTheCaptionByItsNumberWhateverItsPlace() {
    scene.files.caption("b.jpg#0", "of b").caption("a.jpg#3", "four").caption("a.jpg#0", "one");
    scene.files.captionRow("a row without a tab").caption("a.jpg#2", "three");
    scene.files.judged(Annotators.EXPERT, "b.jpg a.jpg#2 1 2 3", "a.jpg a.jpg#3 4 4 4");

    assertThat(judgements(imported())).containsExactly("a: four [4, 4, 4]", "b: three [1, 2, 3]");
  }

  @Test
  void findsTheCaptionByItsPlaceWhereNoneIsNumbered() {
    scene.files.caption("a.jpg", "first").caption("b.jpg", "of b").caption("a.jpg", "second");
    scene.files.judged(Annotators.CROWD, "b.jpg a.jpg#1 2 1", "b.jpg a.jpg#0 0 3");

    assertThat(judgements(imported())).containsExactly("b: first 0/3", "b: second 2/1");
  }

  @Test
  void bringsBothFilesTogether() {
    scene.files.caption("a.jpg#0", "one").caption("b.jpg#0", "two");
    scene.files.judged(Annotators.EXPERT, "a.jpg b.jpg#0 1 2 3");
    scene.files.judged(Annotators.CROWD, "a.jpg b.jpg#0 2 1", "a.jpg a.jpg#0 3 0");

    Job job = imported();

    assertThat(judgements(job)).containsExactly("a: one 3/0", "a: two [1, 2, 3] 2/1");
    assertThat(scene.rejected(job)).isEmpty();
  }

  @Test
  void quarantinesWhatItCannotResolve() {
    scene.files.caption("a.jpg#0", "one").caption("b.jpg#0", "two").caption("b.jpg#0", "again");
    scene.files.judged(
        Annotators.EXPERT,
        "a.jpg a.jpg#0 1 2 3",
        "x.jpg a.jpg#0 1 2 3",
        "a.jpg a.jpg#1 1 2 3",
        "a.jpg x.jpg#0 1 2 3",
        "a.jpg b.jpg#0 1 2 3",
        "a.jpg a.jpg#0 4 4 4",
        "nothing");

    Job job = imported();

    assertThat(judgements(job)).containsExactly("a: one [1, 2, 3]");
    assertThat(scene.rejected(job))
        .extracting(row -> row.line().getAsLong() + " " + row.text() + ": " + row.reason())
        .containsExactly(
            "2 x.jpg a.jpg#0 1 2 3: the photo has no caption in the caption file",
            "3 a.jpg a.jpg#1 1 2 3: no caption of the caption file has this id",
            "4 a.jpg x.jpg#0 1 2 3: no caption of the caption file has this id",
            "5 a.jpg b.jpg#0 1 2 3: more than one caption of the caption file has this id",
            "6 a.jpg a.jpg#0 4 4 4: a row before has judged this photo with this caption",
            "7 nothing: too few fields");
    assertThat(scene.rejected(job))
        .extracting(RejectedInput::kind)
        .containsOnly(RejectedInput.Kind.JUDGEMENT);
    assertThat(scene.observer.rejected).hasSize(6);
  }

  /** Rows are written in chunks, and a row may repeat one of a chunk before. */
  @Test
  void knowsWhatAnEarlierChunkHasJudged() {
    int photos = 10_001;
    IntStream.range(0, photos).forEach(i -> scene.files.caption("p" + i + ".jpg#0", "text"));
    String[] rows =
        IntStream.range(0, photos)
            .mapToObj(i -> "p" + i + ".jpg p" + i + ".jpg#0 1 2")
            .toArray(String[]::new);
    scene.files.judged(Annotators.CROWD, rows).judged(Annotators.CROWD, rows[0]);

    Job job = imported();

    assertThat(judgements(job)).hasSize(photos);
    assertThat(scene.rejected(job))
        .extracting(row -> row.line().getAsLong())
        .containsExactly(photos + 1L);
  }

  /**
   * A caption that was written for another photo is an example of the one that it was judged for.
   */
  @Test
  void takesEachPhotosCaptionsThatPass() {
    scene
        .files
        .caption("a.jpg#0", "of photo a")
        .caption("b.jpg#0", "of photo b")
        .photo("a.jpg", "A");
    scene.files.caption("c.jpg#0", "of photo c");
    scene.files.judged(
        Annotators.EXPERT, "a.jpg b.jpg#0 4 4 4", "b.jpg b.jpg#0 3 4 3", "a.jpg a.jpg#0 1 1 1");
    scene.register();

    Job job =
        scene.run(
            RecipeFields.read(Map.of("captions", "all", "minExpertScore", 3, "features", "none")));

    Preparation preparation = scene.preparation(job);
    assertThat(
            scene
                .repositories
                .captions()
                .cleanAfter(preparation.key(), Optional.empty(), 9)
                .stream()
                .map(JudgementImportTest::texts))
        .containsExactly("a [of photo]", "b [of photo]");
    assertThat(preparation.all().describedPhotos()).isEqualTo(2);
    assertThat(preparation.all().photos()).isEqualTo(1);
    // The one caption stands for two photos, and its words count twice.
    assertThat(
            scene
                .repositories
                .vocabularies()
                .find(preparation.key())
                .orElseThrow()
                .vocabulary()
                .words())
        .allSatisfy(
            word -> {
              assertThat(word.count()).isEqualTo(2);
              assertThat(word.captions()).isEqualTo(2);
            });
  }

  private static String texts(Described<CleanCaption> photo) {
    return photo.photo() + " " + photo.captions().stream().map(c -> c.text()).toList();
  }

  @Test
  void namesWhatItMadeWithoutAnnotationsAsBefore() {
    Job plain = new JobSceneOf().run();
    JobSceneOf annotated = new JobSceneOf();
    annotated.scene.files.judged(Annotators.EXPERT, "a.jpg a.jpg#0 1 2 3");

    Job other = annotated.run();

    assertThat(plain.preparation()).isPresent().isNotEqualTo(other.preparation());
    assertThat(annotated.scene.preparation(other).provenance().text().annotations())
        .containsOnlyKeys(Annotators.EXPERT);
  }

  private static final class JobSceneOf {
    private final JobScene scene = new JobScene();

    Job run() {
      scene.files.caption("a.jpg#0", "a dog runs");
      scene.register();
      return scene.run(TEXT);
    }
  }

  @Test
  void refusesRecipesThatGoByJudgementsThatAreNotThere() {
    scene.files.caption("a.jpg#0", "one").judged(Annotators.CROWD, "a.jpg a.jpg#0 3 0");
    scene.register();

    scene.submit(RecipeFields.read(Map.of("captions", "best")));
    scene.submit(RecipeFields.read(Map.of("minCrowdYes", 0.5)));
    assertRefused(scene, "recipe.minExpertScore", Map.of("minExpertScore", 2));
    JobScene plain = new JobScene();
    plain.files.caption("a.jpg#0", "one");
    plain.register();
    assertRefused(plain, "recipe.captions", Map.of("captions", "best"));
    assertRefused(plain, "recipe.minCrowdYes", Map.of("minCrowdYes", 0));
  }

  private static void assertRefused(JobScene scene, String field, Map<String, Object> recipe) {
    assertThatThrownBy(() -> scene.submit(RecipeFields.read(recipe)))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void failsAJobWhoseFilterNoPairPasses() {
    scene.files.caption("a.jpg#0", "one").judged(Annotators.CROWD, "a.jpg a.jpg#0 1 2");
    scene.register();

    Job job = scene.run(RecipeFields.read(Map.of("minCrowdYes", 0.5)));

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.error().orElseThrow()).contains("recipe.minCrowdYes: 0.5 is not allowed");
  }

  private Job imported() {
    scene.register();
    Job job = scene.run(TEXT);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    return job;
  }

  private List<String> judgements(Job job) {
    List<String> given = new ArrayList<>();
    scene
        .repositories
        .judgements()
        .forEach(
            job.snapshot().orElseThrow(),
            Optional.empty(),
            (photo, caption) -> {
              Judgement said = caption.judgement();
              given.add(
                  photo
                      + ": "
                      + caption.text()
                      + (said.expertScores().isEmpty() ? "" : " " + said.expertScores())
                      + (said.crowdFraction().isEmpty()
                          ? ""
                          : " " + said.crowdYes() + "/" + said.crowdNo()));
            });
    return given;
  }
}
