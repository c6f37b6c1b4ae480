package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeWatchTest {

  private static final Recipe RECIPE = RecipeFields.read(Map.of("minCount", 2));

  private final JobScene scene = new JobScene();
  private Dataset dataset;

  @BeforeEach
  void prepare() {
    scene.files.caption("a.jpg#0", "Two dogs run").photo("a.jpg", "A");
    dataset = scene.register();
    scene.run(RECIPE);
  }

  /** A new one each time, as on nodes that take turns and are started anew. */
  private Optional<Job> look() {
    return new ChangeWatch(scene.ports(scene.repositories.unit()), scene.service()).look(dataset);
  }

  private void change(String caption) {
    scene.files.caption("a.jpg#1", caption);
  }

  @Test
  void submitsNothingWhileNothingChanges() {
    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void submitsByTheLastRecipeWhenTwoLooksSeeTheSameChange() {
    change("A cat sits");

    assertThat(look()).isEmpty();
    Job job = look().orElseThrow();

    assertThat(job.recipe()).isEqualTo(RECIPE);
    assertThat(scene.run(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void preparesADatasetThatNeverWas() {
    dataset = scene.files.dataset("e");
    scene.service().register(dataset);

    assertThat(look()).isEmpty();
    assertThat(look()).map(Job::recipe).contains(Recipe.TUTORIAL);
  }

  @Test
  void waitsForAsLongAsFilesKeepChanging() {
    for (String word : List.of("one", "two", "three")) {
      change(word);
      assertThat(look()).isEmpty();
    }
    assertThat(look()).isPresent();
  }

  /** The looks in between saw what was there before. */
  @Test
  void looksThatAreNotInARowDoNotCount() {
    dataset = scene.files.dataset("e");
    scene.service().register(dataset);
    assertThat(look()).isEmpty();
    scene.run(scene.service().submit("e", RECIPE, false));
    assertThat(look()).isEmpty();
    assertThat(scene.repositories.looks().last("e")).isEmpty();
  }

  @Test
  void waitsForTheJobThatIsUnderWay() {
    change("A cat sits");
    look();
    change("A cat runs");
    Job underWay = scene.submit(RECIPE);
    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();

    scene.run(underWay);

    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void doesNotBringBackAJobThatWasCancelled() {
    change("A cat sits");
    look();
    scene.service().cancel(look().orElseThrow().id());
    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();

    change("A cat runs");

    assertThat(look()).isEmpty();
    assertThat(look()).isPresent();
  }

  /** What is in the way may be mended without a change of the files. */
  @Test
  void asksAgainAfterARefusal() {
    change("A cat sits");
    look();
    scene.files.refuse(new InvalidInputException("photos", "/x", "a folder"));
    assertThatThrownBy(this::look).isInstanceOf(InvalidInputException.class);

    scene.files.refuse(null);

    assertThat(look()).isPresent();
  }

  /** Both are in one unit of work: it is killed before its end, or after. */
  @Test
  void answersOnceWhereverItIsKilled() {
    for (boolean afterCommit : new boolean[] {false, true}) {
      change("Killed after the commit: " + afterCommit);
      assertThat(look()).isEmpty();
      UnitOfWork killing = new JobScene.KillingUnit(scene.repositories.unit(), 1, afterCommit);
      Ports ports = scene.ports(killing);
      ChangeWatch killed = new ChangeWatch(ports, scene.service(killing));
      assertThatThrownBy(() -> killed.look(dataset)).isInstanceOf(JobScene.Killed.class);

      assertThat(look().isPresent()).isEqualTo(!afterCommit);
      scene.drain();
      assertThat(look()).isEmpty();
    }
    assertThat(scene.repositories.jobs().all()).hasSize(3);
  }
}
