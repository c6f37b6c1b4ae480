package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.JudgementFilter;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.junit.jupiter.api.Test;

/** A cancelled job is over at once; its rows, however many, go a part at a time. */
final class CancelledJobTest {

  private final JobScene scene = new JobScene();

  /** A job that its process left in the middle of a phase. */
  private Job killedIn(Phase phase) {
    scene.files.caption("a.jpg#0", "Two dogs run").photo("a.jpg", "A");
    scene.files.caption("b.jpg#0", "A cat sits").photo("b.jpg", "B");
    scene.register();
    Job job = scene.submit(Recipe.TUTORIAL);
    if (phase == Phase.READ) {
      // Within the last chunk of the phase: the other one has read the captions.
      scene.decoder.meanwhile = CancelledJobTest::kill;
    } else {
      scene.extractor.meanwhile = CancelledJobTest::kill;
    }
    assertThatThrownBy(scene::drain).isInstanceOf(JobScene.Killed.class);
    assertThat(scene.found(job).phase()).contains(phase);
    return job;
  }

  private static void kill() {
    throw new JobScene.Killed();
  }

  private void cancel(Job job) {
    scene.service().cancel(job.id());
    assertThat(scene.found(job).state()).isEqualTo(JobState.CANCELLED);
    assertThat(scene.repositories.chunks().open(job.id(), Phase.EXTRACT)).isEmpty();
  }

  @Test
  void rowsOfItsPreparationGoLater() {
    Job job = killedIn(Phase.EXTRACT);
    PreparationKey key = scene.repositories.preparations().begun(job.id()).orElseThrow();

    cancel(job);

    assertThat(scene.repositories.preparations().begun(job.id())).isEmpty();
    assertThat(scene.repositories.examples().countContents(key)).isEqualTo(2);
    killedAndCleanedUp();
    assertThat(scene.repositories.examples().countContents(key)).isZero();
    assertThat(scene.repositories.vocabularies().find(key)).isEmpty();
    assertThat(withPixels()).as("the snapshot is complete").hasSize(2);
  }

  @Test
  void rowsOfItsSnapshotGoLater() {
    Job job = killedIn(Phase.READ);
    SnapshotId snapshot = scene.found(job).snapshot().orElseThrow();

    cancel(job);

    assertThat(scene.repositories.snapshots().find(snapshot)).isEmpty();
    assertThat(scene.found(job).snapshot()).isEmpty();
    assertThat(scene.repositories.captions().describedPhotos(snapshot, JudgementFilter.NONE))
        .isEqualTo(2);
    killedAndCleanedUp();
    assertThat(scene.repositories.captions().describedPhotos(snapshot, JudgementFilter.NONE))
        .isZero();
    assertThat(withPixels()).isEmpty();
  }

  /** Killed before and after each unit of work that a clean-up would have. */
  private void killedAndCleanedUp() {
    for (int at = 1; at <= 4; at++) {
      for (boolean afterCommit : new boolean[] {false, true}) {
        UnitOfWork unit = new JobScene.KillingUnit(scene.repositories.unit(), at, afterCommit);
        cleanUpUntilKilled(unit);
      }
    }
    assertThat(new CleanUp(scene.ports(scene.repositories.unit())).run(() -> false)).isTrue();
  }

  private void cleanUpUntilKilled(UnitOfWork unit) {
    try {
      new CleanUp(scene.ports(unit)).run(() -> false);
    } catch (JobScene.Killed e) {
      // As told; less is left than there are units.
    }
  }

  private List<ContentHash> withPixels() {
    return List.copyOf(
        scene
            .repositories
            .photos()
            .withPixels(Rendering.KERAS, List.of(JobScene.hash("A"), JobScene.hash("B"))));
  }

  /** The unit of work of the cancellation itself. */
  @Test
  void isCancelledOrGoesOnWhereverTheCancellationIsKilled() {
    Job job = killedIn(Phase.EXTRACT);
    UnitOfWork before = new JobScene.KillingUnit(scene.repositories.unit(), 1, false);
    assertThatThrownBy(() -> scene.service(before).cancel(job.id()))
        .isInstanceOf(JobScene.Killed.class);
    assertThat(scene.found(job).state()).isEqualTo(JobState.RUNNING);

    UnitOfWork after = new JobScene.KillingUnit(scene.repositories.unit(), 1, true);
    assertThatThrownBy(() -> scene.service(after).cancel(job.id()))
        .isInstanceOf(JobScene.Killed.class);
    assertThat(scene.found(job).state()).isEqualTo(JobState.CANCELLED);

    scene.extractor.meanwhile = null;
    Job anew = scene.run(Recipe.TUTORIAL);
    assertThat(anew.id()).isNotEqualTo(job.id());
    assertThat(anew.preparation()).isNotEqualTo(Optional.empty());
  }
}
