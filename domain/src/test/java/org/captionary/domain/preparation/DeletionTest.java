package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Rendering;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeletionTest {

  private static final List<ContentHash> CONTENTS =
      List.of(JobScene.hash("A"), JobScene.hash("B"), JobScene.hash("C"));

  private static final Recipe OF_FC1 = RecipeFields.read(Map.of("features", "fc1"));

  private final JobScene scene = new JobScene();

  @BeforeEach
  void layOut() {
    scene.files.caption("a.jpg#0", "Two dogs run").photo("a.jpg", "A");
    scene.files.caption("b.jpg#0", "A cat sits").photo("b.jpg", "B");
    scene.files.caption("c.jpg#0", "Birds fly").photo("c.jpg", "C");
    scene.register();
  }

  private Deletion deletion() {
    return deletion(scene.repositories.unit());
  }

  private Deletion deletion(UnitOfWork unit) {
    return new Deletion(scene.ports(unit), new CleanUp(scene.ports(unit)));
  }

  private Set<ContentHash> withFeatures(Recipe recipe) {
    return scene
        .repositories
        .photos()
        .withFeatures(
            scene.extractor.identity(),
            recipe.rendering(),
            recipe.stored(),
            recipe.features(),
            CONTENTS);
  }

  private Set<ContentHash> withPixels() {
    return scene.repositories.photos().withPixels(Rendering.KERAS, CONTENTS);
  }

  @Test
  void deletesAPreparationAndKeepsItsJob() {
    Job job = scene.run(Recipe.TUTORIAL);
    Preparation preparation = scene.preparation(job);

    assertThat(deletion().preparation(preparation.id())).isTrue();

    assertThat(scene.repositories.preparations().byId(preparation.id())).isEmpty();
    assertThat(scene.repositories.examples().countContents(preparation.key())).isZero();
    assertThat(withFeatures(Recipe.TUTORIAL)).isEmpty();
    assertThat(withPixels()).hasSize(3);
    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.found(job).preparation()).isEmpty();
    assertThat(scene.step(job, StepName.FEATURES).done()).isEqualTo(3);
    assertThat(deletion().preparation(preparation.id())).isFalse();
  }

  @Test
  void makesAPreparationAnewUnderTheSameId() {
    Job first = scene.run(Recipe.TUTORIAL);
    Preparation before = scene.preparation(first);
    deletion().preparation(before.id());

    Job second = scene.run(Recipe.TUTORIAL);

    assertThat(second.id()).isNotEqualTo(first.id());
    Preparation anew = scene.preparation(second);
    assertThat(anew.id()).isEqualTo(before.id());
    assertThat(anew.key()).isNotEqualTo(before.key());
    assertThat(anew.figures()).isEqualTo(before.figures());
    assertThat(withFeatures(Recipe.TUTORIAL)).hasSize(3);
  }

  @Test
  void keepsFeaturesThatAnotherPreparationHas() {
    Preparation deleted = scene.preparation(scene.run(Recipe.TUTORIAL));
    Recipe first = RecipeFields.read(Map.of("limit", 1));
    scene.run(first);
    scene.run(OF_FC1);

    deletion().preparation(deleted.id());

    assertThat(withFeatures(Recipe.TUTORIAL)).containsExactly(JobScene.hash("A"));
    assertThat(withFeatures(OF_FC1)).hasSize(3);
  }

  @Test
  void deletesADatasetAndNoFile() {
    Job job = scene.run(Recipe.TUTORIAL);
    PreparationId preparation = job.preparation().orElseThrow();
    scene.run(OF_FC1);

    assertThat(deletion().dataset("d")).isTrue();

    assertThat(scene.repositories.datasets().all()).isEmpty();
    assertThat(scene.repositories.jobs().all()).isEmpty();
    assertThat(scene.repositories.preparations().all()).isEmpty();
    assertThat(withFeatures(Recipe.TUTORIAL)).isEmpty();
    assertThat(withFeatures(OF_FC1)).isEmpty();
    assertThat(withPixels()).isEmpty();
    assertThat(deletion().dataset("d")).isFalse();

    scene.register();
    assertThat(scene.run(Recipe.TUTORIAL).preparation()).contains(preparation);
    assertThat(withFeatures(Recipe.TUTORIAL)).hasSize(3);
    assertThat(withPixels()).hasSize(3);
  }

  @Test
  void keepsWhatAnotherDatasetHasToo() {
    scene.run(Recipe.TUTORIAL);
    scene.service().register(scene.files.dataset("e"));
    scene.run(scene.service().submit("e", Recipe.TUTORIAL, false));

    deletion().dataset("d");

    assertThat(withFeatures(Recipe.TUTORIAL)).hasSize(3);
    assertThat(withPixels()).hasSize(3);
    deletion().dataset("e");
    assertThat(withFeatures(Recipe.TUTORIAL)).isEmpty();
    assertThat(withPixels()).isEmpty();
  }

  @Test
  void deletesNoDatasetWithAJobThatIsNotOver() {
    Job job = scene.submit(Recipe.TUTORIAL);
    for (String state : List.of("QUEUED", "RUNNING")) {
      assertThatThrownBy(() -> deletion().dataset("d"))
          .isInstanceOfSatisfying(
              UnfinishedJobException.class, e -> assertThat(e.job().id()).isEqualTo(job.id()))
          .hasMessage("job " + job.id().value() + " is " + state);
      assertThat(scene.repositories.datasets().byName("d")).isPresent();
      scene
          .repositories
          .jobs()
          .transition(job.id(), JobState.QUEUED, JobState.RUNNING, job.createdAt());
    }
    scene.service().cancel(job.id());
    assertThat(deletion().dataset("d")).isTrue();
  }

  @Test
  void refusesAJobOfADatasetThatIsDeletedMeanwhile() {
    UnitOfWork late =
        work -> {
          scene.repositories.datasets().delete("d");
          scene.repositories.unit().run(work);
        };
    JobService service = new JobService(scene.ports(late), java.time.InstantSource.system());

    assertThatThrownBy(() -> service.submit("d", Recipe.TUTORIAL, false))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("dataset"));
    assertThat(scene.queue.chunks()).isEmpty();
  }

  @Test
  void runsNoJobThatWasDeleted() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.repositories.datasets().delete("d");

    scene.drain();

    assertThat(scene.repositories.jobs().find(job.id())).isEmpty();

    assertThat(scene.decoder.decoded).isEmpty();
  }

  /** Before and after each unit of work of a deletion. */
  static Stream<int[]> kills() {
    DeletionTest test = new DeletionTest();
    test.layOut();
    test.scene.run(Recipe.TUTORIAL);
    JobScene.KillingUnit unit = new JobScene.KillingUnit(test.scene.repositories.unit(), -1, false);
    test.deletion(unit).dataset("d");
    return IntStream.rangeClosed(1, unit.units())
        .boxed()
        .flatMap(at -> Stream.of(new int[] {at, 0}, new int[] {at, 1}));
  }

  @ParameterizedTest
  @MethodSource("kills")
  void goesOnWhereItWasKilled(int[] kill) {
    scene.run(Recipe.TUTORIAL);
    UnitOfWork unit = new JobScene.KillingUnit(scene.repositories.unit(), kill[0], kill[1] == 1);
    assertThatThrownBy(() -> deletion(unit).dataset("d")).isInstanceOf(JobScene.Killed.class);

    boolean deleted = scene.repositories.datasets().byName("d").isEmpty();
    assertThat(deleted).isEqualTo(kill[0] > 1 || kill[1] == 1);
    assertThat(new CleanUp(scene.ports(scene.repositories.unit())).run(() -> false)).isTrue();

    assertThat(withFeatures(Recipe.TUTORIAL)).hasSize(deleted ? 0 : 3);
    assertThat(withPixels()).hasSize(deleted ? 0 : 3);
  }

  @Test
  void stopsCleaningUpWhenItIsTold() {
    scene.run(Recipe.TUTORIAL);
    scene.repositories.datasets().delete("d");
    CleanUp cleanUp = new CleanUp(scene.ports(scene.repositories.unit()));

    AtomicInteger asked = new AtomicInteger();
    assertThat(cleanUp.run(() -> asked.getAndIncrement() == 2)).isFalse();
    assertThat(withPixels()).hasSize(3);

    assertThat(cleanUp.run(() -> false)).isTrue();
    assertThat(withPixels()).isEmpty();
  }

  @Test
  void aDeletionIsDoneThoughNothingCanBeCleanedUp() {
    scene.run(Recipe.TUTORIAL);
    AtomicInteger units = new AtomicInteger();
    UnitOfWork failing =
        work -> {
          if (units.getAndIncrement() > 0) {
            throw new IllegalStateException("the database is away");
          }
          scene.repositories.unit().run(work);
        };

    assertThat(deletion(failing).dataset("d")).isTrue();
    assertThat(scene.repositories.datasets().byName("d")).isEmpty();
  }
}
