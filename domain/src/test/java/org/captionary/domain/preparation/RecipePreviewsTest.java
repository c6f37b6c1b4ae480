package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.preparation.RecipePreview.MinCountEffect;
import org.captionary.domain.preparation.RecipePreview.Sample;
import org.captionary.domain.vocabulary.WordCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecipePreviewsTest {

  private final JobScene scene = new JobScene();
  private Dataset dataset;

  /** Photo c has no file, b is in no split, e's caption is emptied by the tutorial's cleaning. */
  @BeforeEach
  void layOut() {
    scene
        .files
        .caption("b.jpg#0", "Two dogs run .")
        .caption("a.jpg#0", "A dog 's ball")
        .caption("a.jpg#1", "The dog runs and runs with two balls")
        .caption("c.jpg#0", "Two cats and a dog")
        .caption("e.jpg#0", ". !")
        .caption("f.jpg#0", "Unique")
        .split("train", "a.jpg", "c.jpg", "f.jpg")
        .split("test", "e.jpg")
        .judged(
            Annotators.EXPERT, "a.jpg b.jpg#0 3 4 3", "a.jpg a.jpg#1 2 3 3", "b.jpg b.jpg#0 1 1 2")
        .judged(Annotators.EXPERT, "c.jpg b.jpg#0 3 3 3", "e.jpg c.jpg#0 4 4 4")
        .judged(Annotators.CROWD, "a.jpg b.jpg#0 3 0", "c.jpg b.jpg#0 1 2", "f.jpg a.jpg#1 2 1")
        .split("dev")
        .photo("a.jpg", "A")
        .photo("b.jpg", "B")
        .photo("e.jpg", "E")
        .photo("f.jpg", "F");
    dataset = scene.register();
  }

  static Stream<Map<String, Object>> recipes() {
    return Stream.of(
        Map.of(),
        Map.of("captions", "all", "startEnd", true),
        Map.of("captions", "all", "fitOn", "train", "minCount", 2),
        Map.of("captions", "all", "fitOn", "train", "minCount", 2, "startEnd", true),
        Map.of("captions", "longest", "minCount", 3, "outOfVocabulary", true),
        Map.of("captions", "all", "limit", 2),
        Map.of("captions", "all", "limit", 100, "lettersOnly", true, "minTokenLength", 3),
        Map.of("captions", "best"),
        Map.of("captions", "best", "minExpertScore", 2.5),
        Map.of("captions", "all", "minExpertScore", 2.5, "limit", 2),
        Map.of("captions", "all", "minExpertScore", 1, "fitOn", "train", "minCount", 2),
        Map.of("captions", "longest", "minCrowdYes", 0.5, "startEnd", true),
        Map.of("minExpertScore", 3, "minCrowdYes", 0.3),
        Map.of("captions", "all", "cleaning", "none"),
        Map.of("captions", "all", "cleaning", "unicode", "tokenizer", "words", "locale", "de"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void givesTheFiguresOfThePreparation(Map<String, Object> fields) {
    Recipe recipe = RecipeFields.read(fields);
    Preparation preparation = scene.preparation(scene.run(recipe));

    RecipePreview preview = preview(fields);

    assertThat(preview.figures()).isEqualTo(preparation.figures());
    assertThat(preview.vocabularySize()).isEqualTo(preparation.vocabularySize());
    assertThat(preview.maxLength()).isEqualTo(preparation.maxLength());
    assertThat(preview.emptyCaptions()).isEqualTo(preparation.emptyCaptions());
    assertThat(preview.recipe()).isEqualTo(preparation.recipe());
    assertThat(preview.content()).isEqualTo(preparation.provenance().content());
    assertThat(words(preview)).isEqualTo(words(preparation));
  }

  private static List<WordCount> words(RecipePreview preview) {
    assertThat(preview.leastFrequent()).containsExactlyInAnyOrderElementsOf(preview.mostFrequent());
    return preview.mostFrequent();
  }

  private List<WordCount> words(Preparation preparation) {
    return scene
        .repositories
        .vocabularies()
        .find(preparation.key())
        .orElseThrow()
        .vocabulary()
        .words();
  }

  @Test
  void refusesAFilterThatNoPairPasses() {
    imported();

    assertThatThrownBy(() -> preview(Map.of("minExpertScore", 3.9, "minCrowdYes", 0.9)))
        .hasMessage(
            "recipe.minExpertScore: 3.9 is not allowed;"
                + " allowed: a bound that judgements of this data set reach");
  }

  @Test
  void showsCaptionsOnTheirWay() {
    imported();

    RecipePreview preview = preview(Map.of("captions", "longest", "startEnd", true));

    assertThat(preview.samples())
        .extracting(s -> s.photo().value())
        .containsExactly("a", "b", "c", "e", "f");
    Sample first = preview.samples().get(0);
    assertThat(first.raw()).isEqualTo("The dog runs and runs with two balls");
    assertThat(first.tokens())
        .containsExactly("the", "dog", "runs", "and", "runs", "with", "two", "balls");
    assertThat(first.encoded().length()).isEqualTo(10);
    assertThat(first.encoded().at(0)).isEqualTo(1);
    Sample emptied = preview.samples().get(3);
    assertThat(emptied.raw()).isEqualTo(". !");
    assertThat(emptied.tokens()).isEmpty();
    assertThat(emptied.encoded().toArray()).containsExactly(1, 2);
  }

  @Test
  void spreadsItsSamplesOverAllPhotos() {
    JobScene many = new JobScene();
    IntStream.range(10, 85).forEach(i -> many.files.caption("p" + i + ".jpg#0", "dog " + i));
    Dataset large = many.register();
    many.run(RecipeFields.read(Map.of("features", "none")));

    RecipePreview preview =
        new RecipePreviews(
                List.of(many.files), many.repositories.snapshots(), many.repositories.captions())
            .preview(large, Recipe.TUTORIAL)
            .orElseThrow();

    assertThat(preview.samples())
        .extracting(sample -> sample.photo().value())
        .containsExactly("p10", "p17", "p25", "p32", "p40", "p47", "p55", "p62", "p70", "p77");
    assertThat(preview.mostFrequent()).hasSize(20).startsWith(new WordCount("dog", 75, 75));
    assertThat(preview.leastFrequent()).hasSize(20).startsWith(new WordCount("84", 1, 1));
  }

  @Test
  void tellsWhatMinCountTakesAway() {
    imported();

    // Kept are two, dog, runs and "and"; the one word of photo f is not.
    RecipePreview preview = preview(Map.of("captions", "all", "minCount", 2));

    assertThat(preview.vocabularySize()).isEqualTo(5);
    assertThat(preview.minCount()).isEqualTo(new MinCountEffect(8, 1, 7));
    assertThat(preview(Map.of("captions", "all", "minCount", 2, "startEnd", true)).minCount())
        .isEqualTo(new MinCountEffect(8, 1, 8));
    assertThat(
            preview(Map.of("captions", "all", "minCount", 2, "outOfVocabulary", true)).minCount())
        .isEqualTo(new MinCountEffect(8, 0, 0));
    assertThat(preview(Map.of("captions", "all")).minCount())
        .isEqualTo(new MinCountEffect(0, 0, 0));
  }

  @Test
  void hasNothingToTryBeforeAnImport() {
    assertThat(previews().preview(dataset, Recipe.TUTORIAL)).isEmpty();
    scene.submit(Recipe.TUTORIAL);
    assertThat(previews().preview(dataset, Recipe.TUTORIAL)).isEmpty();
  }

  @Test
  void tellsNoFiguresOfCaptionsThatGoMeanwhile() {
    imported();
    for (int reading = 1; reading <= 2; reading++) {
      RecipePreviews previews =
          new RecipePreviews(
              List.of(scene.files), scene.repositories.snapshots(), goneFromReading(reading));
      assertThat(previews.preview(dataset, Recipe.TUTORIAL)).isEmpty();
    }
  }

  /** The captions, which can be read until they are asked for so many times. */
  private CaptionRepository goneFromReading(int reading) {
    CaptionRepository captions = scene.repositories.captions();
    AtomicInteger readings = new AtomicInteger();
    return (CaptionRepository)
        Proxy.newProxyInstance(
            CaptionRepository.class.getClassLoader(),
            new Class<?>[] {CaptionRepository.class},
            (proxy, method, arguments) ->
                method.getName().equals("describedAfter") && readings.incrementAndGet() >= reading
                    ? List.of()
                    : method.invoke(captions, arguments));
  }

  @Test
  void refusesWhatAJobWouldFailOf() {
    imported();

    assertThatThrownBy(() -> preview(Map.of("fitOn", "nosuch")))
        .hasMessageStartingWith("recipe.fitOn: nosuch is not allowed; allowed: all, dev");
    assertThatThrownBy(() -> preview(Map.of("fitOn", "dev")))
        .hasMessage("recipe.fitOn: dev is not allowed; allowed: a split that has captions");
    assertThatThrownBy(() -> preview(Map.of("startEnd", List.of("dogs", "end"))))
        .hasMessageStartingWith("recipe.startEnd: dogs is not allowed");
  }

  /** Only after case folding does the word stand in a caption. */
  @Test
  void refusesAStartWordThatCleaningMakes() {
    scene.files.caption("g.jpg#0", "Eine Stra\u00dfe");
    imported();
    Map<String, Object> ofTheTutorial = Map.of("startEnd", List.of("STRASSE", "ende"));
    Map<String, Object> folded =
        Map.of("cleaning", "unicode", "startEnd", List.of("STRASSE", "ende"));

    assertThat(preview(ofTheTutorial).vocabularySize()).isPositive();
    assertThatThrownBy(() -> preview(folded))
        .hasMessageStartingWith("recipe.startEnd: strasse is not allowed");
  }

  @Test
  void leavesNothingBehind() {
    imported();
    int preparations = scene.repositories.preparations().all().size();

    preview(Map.of("minCount", 2));

    assertThat(scene.repositories.preparations().all()).hasSize(preparations);
    assertThat(scene.repositories.jobs().all()).hasSize(1);
    assertThat(scene.queue.chunks()).isEmpty();
  }

  private Job imported() {
    return scene.run(RecipeFields.read(Map.of("features", "none")));
  }

  private RecipePreview preview(Map<String, Object> fields) {
    return previews().preview(dataset, RecipeFields.read(fields)).orElseThrow();
  }

  private RecipePreviews previews() {
    return new RecipePreviews(
        List.of(scene.files), scene.repositories.snapshots(), scene.repositories.captions());
  }
}
