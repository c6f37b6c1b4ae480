package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.caption.JudgedPair;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.Unit;
import org.captionary.domain.vocabulary.WordCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a job before and after each commit and runs it again over the same stores. Every step of
 * the job takes several chunks.
 */
final class KilledJobTest {

  private static final int FILES = 130;
  private static final int PHOTOS = 2_050;
  private static final int REJECTED_ROWS = 8_000;

  private static final Recipe RECIPE =
      RecipeFields.read(
          Map.of(
              "captions",
              "longest",
              "fitOn",
              "train",
              "startEnd",
              true,
              "features",
              List.of("avg", "fc1")));

  /** All that a job leaves, but for keys and times. */
  private record Left(
      PreparationId id,
      Map<Split, SplitFigures> figures,
      List<WordCount> words,
      int maxLength,
      List<Described<CleanCaption>> captions,
      List<EncodedPhoto> examples,
      List<EncodedPhoto> trainExamples,
      Map<String, String> features,
      List<ImportedPhoto> photos,
      List<RejectedInput> rejected,
      Set<JudgedPair> judged,
      List<String> steps) {}

  private static final Left UNDISTURBED = left(undisturbed());

  private static JobScene undisturbed() {
    JobScene scene = scene();
    scene.drain();
    return scene;
  }

  /** Before and after each unit of work of an undisturbed run. */
  static Stream<int[]> kills() {
    JobScene scene = scene();
    JobScene.KillingUnit unit = new JobScene.KillingUnit(scene.repositories.unit(), -1, false);
    scene.drain(scene.runner(unit, () -> false));
    return IntStream.rangeClosed(1, unit.units())
        .boxed()
        .flatMap(at -> Stream.of(new int[] {at, 0}, new int[] {at, 1}));
  }

  @Test
  void everyStepTakesSeveralChunks() {
    assertThat(kills().count()).isGreaterThan(60);
    assertThat(UNDISTURBED.captions()).hasSize(PHOTOS);
    assertThat(UNDISTURBED.examples()).hasSize(FILES - 1);
    assertThat(UNDISTURBED.steps())
        .containsExactly(
            "IMPORT 131/131",
            "CLEAN 2050/2050",
            "VOCABULARY 1025/1025",
            "ENCODE 2050/2050",
            "FEATURES 128/128");
  }

  /** Of all that is captioned, counting words tells the examples too; of a split it does not. */
  @Test
  void numbersExamplesAlikeWhetherMeasuredOrCounted() {
    Map<String, Object> text = Map.of("captions", "all", "features", "none", "startEnd", true);
    JobScene counted = scene(RecipeFields.read(text));
    Map<String, Object> rare = new TreeMap<>(text);
    // Every word stands there more often.
    rare.put("minCount", 2);
    JobScene measured = scene(RecipeFields.read(rare));

    counted.drain();
    measured.drain();

    assertThat(counted.observer.units).doesNotContainKey(Phase.MEASURE);
    assertThat(measured.observer.units).containsKey(Phase.MEASURE);
    Left ofCounted = left(counted);
    Left ofMeasured = left(measured);
    assertThat(ofCounted.examples()).isEqualTo(ofMeasured.examples());
    assertThat(ofCounted.trainExamples()).isEqualTo(ofMeasured.trainExamples());
    assertThat(ofCounted.figures()).isEqualTo(ofMeasured.figures());
  }

  @ParameterizedTest
  @MethodSource("kills")
  void endsAsIfNothingHadHappened(int[] kill) {
    JobScene scene = scene();
    Job job = job(scene);
    kill(scene, kill[0], kill[1] == 1);
    Set<ContentHash> kept = withFeatures(scene);
    Set<String> handled = handled(scene, job);
    scene.extractor.extracted.clear();
    scene.decoder.decoded.clear();

    scene.drain();

    assertThat(left(scene)).isEqualTo(UNDISTURBED);
    assertThat(scene.extractor.extracted).doesNotHaveDuplicates().noneMatch(kept::contains);
    assertThat(scene.extractor.extracted).hasSize(FILES - 2 - kept.size());
    assertThat(scene.decoder.decoded).hasSize(FILES + 1 - handled.size());
    assertThat(scene.repositories.preparations().all()).hasSize(1);
  }

  /** What a second job over the same photos finds. */
  enum Second {
    /** The snapshot of the first is taken over. */
    OTHER_TEXT(RecipeFields.read(Map.of("minCount", 2))),
    /** Every pixel is missing. */
    OTHER_RENDERING(RecipeFields.read(Map.of("resize", "bicubic"))),
    /** After a file was touched, the preparation of the first is found. */
    TOUCHED(Recipe.TUTORIAL);

    private final Recipe recipe;

    Second(Recipe recipe) {
      this.recipe = recipe;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondJobEndsAsIfNothingHadHappened(Second second) {
    JobScene quiet = secondJob(second);
    JobScene.KillingUnit counting = new JobScene.KillingUnit(quiet.repositories.unit(), -1, false);
    quiet.drain(quiet.runner(counting, () -> false));

    for (int at = 1; at <= counting.units(); at++) {
      for (boolean afterCommit : new boolean[] {false, true}) {
        JobScene scene = secondJob(second);
        kill(scene, at, afterCommit);
        scene.drain();
        assertThat(left(scene)).as("killed at %d", at).isEqualTo(left(quiet));
      }
    }
  }

  private static JobScene secondJob(Second second) {
    JobScene scene = new JobScene();
    scene.files.caption("a.jpg", "a dog runs").caption("b.jpg", "the dog").caption("c.jpg", "c");
    scene.files.photo("a.jpg", "A").photo("b.jpg", "A").photo("c.jpg", "C");
    scene.register();
    scene.run(Recipe.TUTORIAL);
    if (second == Second.TOUCHED) {
      scene.files.photo("c.jpg", "C", Instant.EPOCH);
    }
    scene.submit(second.recipe);
    return scene;
  }

  private static void kill(JobScene scene, int at, boolean afterCommit) {
    UnitOfWork unit = new JobScene.KillingUnit(scene.repositories.unit(), at, afterCommit);
    ChunkRunner runner = scene.runner(unit, () -> false);
    assertThatThrownBy(() -> scene.drain(runner)).isInstanceOf(JobScene.Killed.class);
  }

  /**
   * 2,050 described photos of which the first 30 and the last 100 have a file: photos 2 and 3 the
   * same content, photo 5 an unreadable one; a further file is a second one of photo 7.
   */
  private static JobScene scene() {
    return scene(RECIPE);
  }

  private static JobScene scene(Recipe recipe) {
    JobScene scene = new JobScene();
    for (int row = 0; row < REJECTED_ROWS; row++) {
      scene.files.captionRow("no tab " + row);
    }
    for (int photo = PHOTOS - 1; photo >= 0; photo--) {
      scene.files.caption(name(photo) + "#0", "A thing " + photo % 7);
      scene.files.caption(name(photo) + "#1", "Some word" + photo % 11 + " and thing" + photo % 7);
      scene.files.split(photo % 2 == 0 ? "train" : "test", name(photo));
    }
    for (int photo = 0; photo < FILES; photo++) {
      int described = photo < 30 ? photo : PHOTOS - FILES + photo;
      scene.files.photo(
          name(described), photo == 5 ? "bad" : "content " + (photo == 3 ? 2 : photo));
    }
    scene.files.photo("p0007.png", "second");
    scene.files.judged(
        Annotators.EXPERT, "p0000.jpg p0001.jpg#1 1 2 3", "p0000.jpg p0000.jpg#0 4 4 4");
    scene.files.judged(Annotators.CROWD, "p0000.jpg p0001.jpg#1 2 1");
    scene.register();
    scene.submit(recipe);
    return scene;
  }

  private static String name(int photo) {
    return String.format(Locale.ROOT, "p%04d.jpg", photo);
  }

  private static Job job(JobScene scene) {
    return scene.repositories.jobs().all().get(0);
  }

  private static Left left(JobScene scene) {
    Job job = job(scene);
    assertThat(job.error()).isEmpty();
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.steps(job)).allSatisfy(step -> assertThat(step.endedAt()).isPresent());
    Preparation preparation = scene.preparation(job);
    var fitted = scene.repositories.vocabularies().find(preparation.key()).orElseThrow();
    var examples = scene.repositories.examples();
    List<ImportedPhoto> photos = new ArrayList<>();
    scene.repositories.snapshots().forEachPhoto(job.snapshot().orElseThrow(), photos::add);
    return new Left(
        preparation.id(),
        preparation.figures(),
        fitted.vocabulary().words(),
        fitted.maxLength(),
        scene
            .repositories
            .captions()
            .cleanAfter(preparation.key(), Optional.empty(), Integer.MAX_VALUE),
        examples.between(preparation.key(), Split.ALL, Unit.EXAMPLE, 0, Long.MAX_VALUE),
        examples.between(preparation.key(), new Split("train"), Unit.EXAMPLE, 0, Long.MAX_VALUE),
        features(scene, preparation),
        photos,
        scene.rejected(job),
        judged(scene, job),
        scene.steps(job).stream().map(s -> s.name() + " " + s.done() + "/" + s.total()).toList());
  }

  private static Set<JudgedPair> judged(JobScene scene, Job job) {
    return Set.copyOf(
        scene
            .repositories
            .judgements()
            .of(job.snapshot().orElseThrow(), List.of(PhotoId.ofFileName(name(0)))));
  }

  private static Map<String, String> features(JobScene scene, Preparation preparation) {
    Map<String, String> hashes = new TreeMap<>();
    List<ContentHash> contents =
        scene.repositories.examples().contentsAfter(preparation.key(), Optional.empty(), 1_000);
    for (FeatureLayer layer : preparation.recipe().layers()) {
      scene
          .repositories
          .photos()
          .features(
              preparation.extractor().orElseThrow(),
              preparation.recipe().rendering(),
              preparation.recipe().stored(),
              layer,
              contents)
          .forEach((c, bytes) -> hashes.put(layer + " " + c, ContentHash.of(bytes).hex()));
    }
    return hashes;
  }

  private static Set<ContentHash> withFeatures(JobScene scene) {
    List<ContentHash> contents =
        scene.files.photoNames(scene.files.dataset("d")).stream()
            .map(n -> content(scene, n))
            .toList();
    return scene
        .repositories
        .photos()
        .withFeatures(
            scene.extractor.identity(),
            RECIPE.rendering(),
            RECIPE.stored(),
            RECIPE.features(),
            contents);
  }

  private static ContentHash content(JobScene scene, String name) {
    try {
      return ContentHash.of(scene.files.readPhoto(scene.files.dataset("d"), name));
    } catch (UnreadablePhotoException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> handled(JobScene scene, Job job) {
    return scene
        .found(job)
        .snapshot()
        .map(
            snapshot ->
                scene
                    .repositories
                    .snapshots()
                    .handled(snapshot, scene.files.photoNames(scene.files.dataset("d"))))
        .orElse(new HashSet<>());
  }
}
