package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a chunk while something else happens to it or to its job. */
final class ChunkRaceTest {

  private final JobScene scene = new JobScene();

  @BeforeEach
  void layOut() {
    scene
        .files
        .caption("a.jpg", "A dog runs")
        .caption("b.jpg", "Two dogs")
        .photo("a.jpg", "A")
        .photo("b.jpg", "B");
    scene.register();
  }

  /**
   * The node that has the chunk sees the pause, and gives the chunk up only after the end of it.
   */
  @Test
  void goesOnWhenItIsResumedWhileAWithdrawnChunkIsStillHeld() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = scene.queue.pick(until(Phase.READ));
    scene.service().pause(job.id());
    assertThat(scene.runner().run(chunk)).isEmpty();
    scene.service().resume(job.id());

    leave(chunk);

    assertThat(scene.queue.chunks()).contains(chunk);
    assertSucceeds(job);
  }

  @Test
  void goesOnWhenTheLastChunkOfAPhaseEndedWhileItWasPaused() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId last = scene.queue.pick(until(Phase.CLEAN));
    runPausedMeanwhile(job, last);
    assertThat(scene.found(job).phase()).contains(Phase.CLEAN);
    scene.service().resume(job.id());

    leave(last);

    assertSucceeds(job);
  }

  private void runPausedMeanwhile(Job job, ChunkId chunk) {
    BooleanSupplier pausing =
        () -> {
          scene.service().pause(job.id());
          return false;
        };
    assertThat(scene.runner(scene.repositories.unit(), pausing).run(chunk)).isEmpty();
    assertThat(scene.repositories.chunks().isOpen(chunk)).isFalse();
  }

  @Test
  void goesOnWhenItIsTriedAgainBeforeTheFailedChunkHasLeft() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = scene.queue.pick(until(Phase.READ));
    fail(chunk, JobScene.ATTEMPTS - 1);
    scene.decoder.failures(new IllegalStateException("no luck"), 1);
    assertThat(scene.runner().run(chunk)).isEmpty();
    assertThat(scene.found(job).state()).isEqualTo(JobState.FAILED);
    scene.service().retry(job.id());

    leave(chunk);

    assertSucceeds(job);
  }

  private void fail(ChunkId chunk, int times) {
    ChunkFailure failure = new ChunkFailure(chunk, 1, "n", Instant.EPOCH, "before");
    for (int i = 0; i < times; i++) {
      scene.repositories.unit().run(() -> scene.repositories.chunks().failed(failure));
    }
  }

  @Test
  void leavesNothingOfAJobThatIsCancelledWhileAChunkBegins() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.CLEAN);

    assertThat(scene.runner(cancelling(job, chunk), () -> false).run(chunk)).isEmpty();

    assertThat(scene.found(job).state()).isEqualTo(JobState.CANCELLED);
    assertThat(scene.repositories.preparations().begun(job.id())).isEmpty();
    assertThat(scene.repositories.chunks().failures(job.id(), 9)).isEmpty();
    assertThat(scene.observer.noted).noneMatch(text -> text.contains("failed"));
  }

  /** Right after the chunk is taken up. */
  private UnitOfWork cancelling(Job job, ChunkId chunk) {
    AtomicInteger units = new AtomicInteger();
    return work -> {
      scene.repositories.unit().run(work);
      if (units.incrementAndGet() == 2) {
        scene.service().cancel(job.id());
        leave(chunk);
      }
    };
  }

  @Test
  void notesNoFailureOfAJobThatIsCancelledMeanwhile() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.EXTRACT);
    scene.extractor.meanwhile =
        () -> {
          scene.service().cancel(job.id());
          throw new IllegalStateException("its rows are gone");
        };

    assertThat(scene.runner().run(chunk)).isEmpty();

    assertThat(scene.repositories.chunks().failures(job.id(), 9)).isEmpty();
    assertThat(scene.found(job).state()).isEqualTo(JobState.CANCELLED);
  }

  /** Whether a commit came to pass is not known when the connection breaks meanwhile. */
  @Test
  void aCommitThatWasNotConfirmedIsNoFailure() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.READ);
    fail(chunk, JobScene.ATTEMPTS - 1);

    assertThat(scene.runner(unconfirmed(chunk), () -> false).run(chunk)).isEmpty();

    assertThat(scene.found(job).state()).isEqualTo(JobState.RUNNING);
    assertThat(scene.repositories.chunks().failures(job.id(), 9)).hasSize(JobScene.ATTEMPTS - 1);
    assertSucceeds(job);
  }

  private UnitOfWork unconfirmed(ChunkId chunk) {
    return work -> {
      boolean open = scene.repositories.chunks().isOpen(chunk);
      scene.repositories.unit().run(work);
      if (open && !scene.repositories.chunks().isOpen(chunk)) {
        throw new IllegalStateException("the connection is lost");
      }
    };
  }

  @Test
  void triesAgainWhatFollowsAChunkThatIsDone() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.files.failures(new IllegalStateException("no room"), 2);

    assertSucceeds(job);

    assertThat(scene.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(scene.repositories.chunks().failures(job.id(), 9))
        .hasSize(2)
        .extracting(ChunkFailure::cause)
        .containsOnly("what follows could not begin: no room");
  }

  @Test
  void failsAJobThatCannotGoOnBehindAChunkAndLetsItGoOnLater() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.files.failures(new IllegalStateException("no room"), JobScene.ATTEMPTS);

    scene.drain();

    assertThat(scene.found(job).error())
        .contains("import: gave up after 5 attempts: what follows could not begin: no room");
    assertThat(scene.observer.noted).contains("job FAILED");
    scene.files.failures(new IllegalStateException("no room"), JobScene.ATTEMPTS - 1);
    scene.service().retry(job.id());
    assertSucceeds(job);
  }

  /** Photo by photo, as two processes ended. */
  @Test
  void suspectsNoPhotoWhoseAttemptsFailed() {
    Job job = scene.submit(Recipe.TUTORIAL);
    vanish(until(Phase.READ));
    scene.decoder.failures(new IllegalStateException("the disk is full"), 4);

    assertSucceeds(job);

    assertThat(scene.rejected(job)).isEmpty();
  }

  @Test
  void suspectsNoPhotoDuringWhichTheServiceWasStopped() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.READ);
    vanish(chunk);
    for (int i = 0; i < 3; i++) {
      AtomicInteger asked = new AtomicInteger();
      ChunkRunner stopped =
          scene.runner(scene.repositories.unit(), () -> asked.incrementAndGet() > 1);
      assertThatThrownBy(() -> stopped.run(chunk)).isInstanceOf(JobInterruptedException.class);
    }

    assertSucceeds(job);

    assertThat(scene.rejected(job)).isEmpty();
  }

  /** Not even that the attempt failed can be noted, and yet its process goes on. */
  @Test
  void suspectsNoPhotoDuringWhichTheDatabaseWentAway() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.READ);
    vanish(chunk);
    scene.runInOutages(chunk, 3, outage -> scene.decoder.meanwhile = outage);

    assertSucceeds(job);

    assertThat(scene.rejected(job)).isEmpty();
  }

  @Test
  void countsNoOutageAmongTheEndsOfItsProcess() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId chunk = until(Phase.EXTRACT);
    scene.runInOutages(chunk, 25, outage -> scene.extractor.meanwhile = outage);

    assertSucceeds(job);
  }

  private void vanish(ChunkId chunk) {
    IntStream.range(0, 2)
        .forEach(
            n ->
                scene
                    .repositories
                    .unit()
                    .run(() -> scene.repositories.chunks().take(chunk, "dead")));
  }

  /** Runs what comes before a phase; gives its last chunk. */
  private ChunkId until(Phase phase) {
    while (scene.queue.first().orElseThrow().phase() != phase) {
      ChunkId chunk = scene.queue.pick(scene.queue.first().orElseThrow());
      scene.runner().run(chunk);
      leave(chunk);
    }
    return scene.queue.chunks().get(scene.queue.chunks().size() - 1);
  }

  private void leave(ChunkId chunk) {
    scene.queue.remove(chunk);
    scene.runner().left(chunk);
  }

  private void assertSucceeds(Job job) {
    assertThat(scene.run(job).state()).isEqualTo(JobState.SUCCEEDED);
  }
}
