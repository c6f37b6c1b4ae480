package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.memory.FakeDatasetFiles;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JobServiceTest {

  private final JobScene scene = new JobScene();
  private Dataset dataset;

  @BeforeEach
  void layOut() {
    scene.files.caption("a.jpg#0", "Two dogs run").photo("a.jpg", "A").split("train", "a.jpg");
    dataset = scene.register();
  }

  @Test
  void registersADatasetOnce() {
    assertThat(scene.repositories.datasets().byName("d")).contains(dataset);
    assertThat(scene.service().register(scene.files.dataset("d"))).isFalse();
    assertThat(scene.service().register(scene.files.dataset("e"))).isTrue();
  }

  @Test
  void registersNoDatasetThatCannotBeRead() {
    scene.files.refuse(new InvalidInputException("photos", "/x", "a folder"));

    refused("photos", "/x", () -> scene.service().register(scene.files.dataset("e")));

    assertThat(scene.repositories.datasets().byName("e")).isEmpty();
  }

  @Test
  void refusesAnUnknownFormat() {
    Dataset coco = new Dataset("e", "coco", Path.of("/p"), Path.of("/c"), Map.of());

    refused("format", "coco", () -> scene.service().register(coco));
  }

  @Test
  void tellsTheFormatOfADatasetByItsFiles() {
    assertThat(scene.service().recognised(dataset.withFormat("")).format())
        .isEqualTo(FakeDatasetFiles.FORMAT);
  }

  @Test
  void refusesADatasetOfNoKnownFormat() {
    JobScene other = new JobScene();
    Dataset unknown = other.files.captionRow("no tab").dataset("e");

    refused("format", null, () -> other.service().recognised(unknown));
  }

  @Test
  void submitsAJobAndQueuesIt() {
    Job job = scene.submit(Recipe.TUTORIAL);

    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(job.dataset()).isEqualTo("d");
    assertThat(scene.queue.chunks()).extracting(ChunkId::job).containsExactly(job.id());
    assertThat(scene.found(job)).isEqualTo(job);
  }

  @Test
  void findsTheJobThatDoesJustThis() {
    Job job = scene.submit(Recipe.TUTORIAL);

    assertThat(scene.submit(Recipe.TUTORIAL).id()).isEqualTo(job.id());
    scene.run(job);
    assertThat(scene.submit(Recipe.TUTORIAL)).isEqualTo(scene.found(job));
    assertThat(scene.queue.chunks()).isEmpty();
  }

  @Test
  void submitsANewJobForOtherRecipesFilesAndWeights() {
    Job job = scene.submit(Recipe.TUTORIAL);

    Job otherRecipe = scene.submit(RecipeFields.read(Map.of("minCount", 2)));
    scene.files.caption("a.jpg#1", "Another");
    Job otherFiles = scene.submit(Recipe.TUTORIAL);
    scene.extractor.identity =
        new ExtractorIdentity("vgg16", "imagenet", JobScene.hash("others"), "float32");
    Job otherWeights = scene.submit(Recipe.TUTORIAL);

    assertThat(List.of(job.id(), otherRecipe.id(), otherFiles.id(), otherWeights.id()))
        .doesNotHaveDuplicates();
    assertThat(scene.queue.chunks()).hasSize(4);
  }

  @Test
  void findsTheJobWhateverTheWeightsWhenNoFeaturesAreAskedFor() {
    Recipe textOnly = RecipeFields.read(Map.of("features", "none"));
    Job job = scene.submit(textOnly);
    scene.extractor.identity =
        new ExtractorIdentity("vgg16", "imagenet", JobScene.hash("others"), "float32");

    assertThat(scene.submit(textOnly).id()).isEqualTo(job.id());
  }

  @Test
  void runsAForcedJobAnewUnderAnotherPreparation() {
    Job first = scene.run(Recipe.TUTORIAL);
    scene.decoder.decoded.clear();

    Job forced = scene.run(scene.service().submit("d", Recipe.TUTORIAL, true));

    assertThat(forced.id()).isNotEqualTo(first.id());
    assertThat(forced.preparation()).isPresent().isNotEqualTo(first.preparation());
    assertThat(scene.decoder.decoded).containsExactly("A");
    assertThat(scene.repositories.preparations().all()).hasSize(2);
    assertThat(scene.preparation(forced).figures()).isEqualTo(scene.preparation(first).figures());
    assertThat(scene.submit(Recipe.TUTORIAL).id()).isEqualTo(first.id());
  }

  @Test
  void aFailedJobCanBeSubmittedAgain() {
    Recipe recipe = RecipeFields.read(Map.of("startEnd", List.of("dogs", "end")));
    Job failed = scene.run(recipe);
    assertThat(failed.state()).isEqualTo(JobState.FAILED);

    assertThat(scene.submit(recipe).id()).isNotEqualTo(failed.id());
  }

  @Test
  void refusesUnknownDatasetsAndSplits() {
    refused("dataset", "x", () -> scene.service().submit("x", Recipe.TUTORIAL, false));
    refused("recipe.fitOn", "dev", () -> scene.submit(RecipeFields.read(Map.of("fitOn", "dev"))));
    assertThat(scene.submit(RecipeFields.read(Map.of("fitOn", "train"))).state())
        .isEqualTo(JobState.QUEUED);
  }

  @Test
  void refusesAPrecisionThatTheMachineLacks() {
    Recipe rough = RecipeFields.read(Map.of("precision", "bfloat16"));

    assertThatThrownBy(() -> scene.submit(rough))
        .hasMessage("recipe.precision: bfloat16 is not allowed; allowed: float32");
    assertThat(scene.queue.chunks()).isEmpty();
    scene.extractor.rough = Optional.of(new JobScene.NotingExtractor());
    assertThat(scene.submit(rough).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void refusesANetworkThatTheNodeLacks() {
    Recipe recipe = RecipeFields.read(Map.of("extractor", "vgg19"));

    assertThatThrownBy(() -> scene.submit(recipe))
        .hasMessage("recipe.extractor: vgg19 is not allowed; allowed: vgg16");
    assertThat(scene.queue.chunks()).isEmpty();
  }

  @Test
  void refusesFeaturesThatTheWeightsLack() {
    scene.extractor.layers = EnumSet.of(FeatureLayer.BLOCK5_POOL, FeatureLayer.AVG);
    Recipe recipe = RecipeFields.read(Map.of("features", List.of("avg", "fc2")));

    assertThatThrownBy(() -> scene.submit(recipe))
        .hasMessage("recipe.features: [avg, fc2] is not allowed; allowed: block5_pool, avg");
    assertThat(scene.queue.chunks()).isEmpty();
    assertThat(scene.submit(Recipe.TUTORIAL).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void refusesADatasetWhoseFilesWentAway() {
    scene.files.refuse(new InvalidInputException("captions", "/x", "a file"));

    refused("captions", "/x", () -> scene.submit(Recipe.TUTORIAL));
    assertThat(scene.queue.chunks()).isEmpty();
  }

  @Test
  void isDueWithoutAJobAndByTheTutorialsRecipe() {
    Job due = scene.service().submitIfDue(dataset).orElseThrow();

    assertThat(due.recipe()).isEqualTo(Recipe.TUTORIAL);
    assertThat(scene.queue.chunks()).extracting(ChunkId::job).containsExactly(due.id());
  }

  @Test
  void isNotDueWhileAJobIsUnderWayOrNothingChanged() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.files.caption("a.jpg#1", "Another");
    assertThat(scene.service().submitIfDue(dataset)).isEmpty();

    scene.run(job);

    assertThat(scene.service().submitIfDue(dataset)).isEmpty();
  }

  @Test
  void isDueByTheLastRecipeWhenFilesChanged() {
    Recipe recipe = RecipeFields.read(Map.of("minCount", 2));
    scene.run(Recipe.TUTORIAL);
    Job last = scene.run(recipe);
    scene.files.caption("a.jpg#1", "Another");

    Job due = scene.service().submitIfDue(dataset).orElseThrow();

    assertThat(due.recipe()).isEqualTo(recipe);
    assertThat(due.id()).isNotEqualTo(last.id());
  }

  @Test
  void isNotDueAgainAfterAFailureOverTheSameFiles() {
    scene.run(RecipeFields.read(Map.of("startEnd", List.of("dogs", "end"))));

    assertThat(scene.service().submitIfDue(dataset)).isEmpty();
  }

  private static void refused(String field, Object value, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isEqualTo(value);
            });
  }
}
