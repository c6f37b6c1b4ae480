package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.domain.photo.UnavailableExtractorException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose network cannot be loaded, beside others or alone. */
final class SickNodeTest {

  private static final String GONE = "there is no file vgg16.h5";
  private static final int PHOTOS = 20;

  private final JobScene scene = new JobScene();
  private final JobScene.NotingExtractor.Again sick =
      () -> {
        throw new UnavailableExtractorException(GONE, null);
      };

  @BeforeEach
  void layOut() {
    for (int i = 10; i < 10 + PHOTOS; i++) {
      scene.files.caption(i + ".jpg", "A dog runs").photo(i + ".jpg", "content " + i);
    }
    scene.register();
  }

  @Test
  void leavesFeaturesToNodesThatGetOn() {
    Job job = scene.submit(Recipe.TUTORIAL);
    until(Phase.EXTRACT);
    runOne("healthy");
    scene.extractor.meanwhile = sick;
    ChunkId chunk = scene.queue.first().orElseThrow();

    for (int times = 0; times < 2 * JobScene.ATTEMPTS; times++) {
      assertThatThrownBy(() -> scene.runner().run(chunk))
          .isInstanceOf(NotHereException.class)
          .hasMessage(GONE);
    }

    assertThat(scene.found(job).state()).isEqualTo(JobState.RUNNING);
    assertThat(scene.repositories.chunks().failures(job.id(), 9)).isEmpty();
    scene.extractor.meanwhile = null;
    scene.drain();
    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void failsWhereNobodyGetsOn() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.extractor.meanwhile = sick;

    scene.drain();

    assertThat(scene.found(job).state()).isEqualTo(JobState.FAILED);
    assertThat(scene.found(job).error().orElseThrow()).contains("gave up after 5", GONE);
  }

  /** What it has done itself before it fell sick does not count. */
  @Test
  void isNotTakenForAnother() {
    Job job = scene.submit(Recipe.TUTORIAL);
    until(Phase.EXTRACT);
    runOne(JobScene.NODE);
    scene.extractor.meanwhile = sick;

    scene.drain();

    assertThat(scene.found(job).state()).isEqualTo(JobState.FAILED);
  }

  /** Whether others get on cannot be asked then. */
  @Test
  void countsNoOutageAmongTheEndsOfItsProcess() {
    Job job = scene.submit(Recipe.TUTORIAL);
    until(Phase.EXTRACT);
    ChunkId chunk = scene.queue.first().orElseThrow();
    scene.runInOutages(
        chunk,
        25,
        outage ->
            scene.extractor.meanwhile =
                () -> {
                  outage.run();
                  sick.run();
                });

    scene.drain();

    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
  }

  private void until(Phase phase) {
    while (scene.queue.first().orElseThrow().phase() != phase) {
      runOne(JobScene.NODE);
    }
  }

  private void runOne(String node) {
    ChunkId chunk = scene.queue.pick(scene.queue.first().orElseThrow());
    scene.runner(scene.repositories.unit(), () -> false, node).run(chunk);
    scene.queue.remove(chunk);
    scene.runner().left(chunk);
  }
}
