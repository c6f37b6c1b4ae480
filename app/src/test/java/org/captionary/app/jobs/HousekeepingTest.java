package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.prepare;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.api.SampleLayout;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.Submission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept in order in the background, once for all nodes. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HousekeepingTest {

  private static final String NAME = "kept-in-order";
  private static final Recipe TEXT_ONLY = RecipeFields.read(Map.of("features", "none"));

  @Inject DutyClock clock;
  @Inject Scheduler triggers;
  @Inject Ports ports;

  @BeforeEach
  void register() throws Exception {
    post(DATASETS, SampleLayout.draw(NAME, 2, 21).body(NAME));
  }

  @Test
  void isDoneByTheClock() {
    for (String duty : PausedHousekeeping.DUTIES) {
      assertThat(triggers.getScheduledJob(duty)).as(duty).isNotNull();
    }
  }

  /** As after two faults at once: nothing is in the queue for it. */
  @Test
  void aJobThatNobodyHasInHandGoesOn() throws Exception {
    Submission submission =
        new Submission(NAME, TEXT_ONLY, true, ContentHash.of(new byte[] {1}), Optional.empty());
    Job job =
        ports
            .unit()
            .call(
                () -> {
                  Job added = ports.jobs().add(submission, Instant.now()).orElseThrow();
                  ports.chunks().plan(added.id(), Phase.LOOK, List.of(List.of()));
                  return added;
                });

    assertThat(clock.fire("lost-chunks", Instant.now())).isTrue();

    assertThat(ended(job.id().value()).getString("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void whatADeletionLeftGoes() throws Exception {
    PreparationId id = new PreparationId(prepare(NAME, Map.of("features", "none", "minCount", 2)));
    PreparationKey key = ports.preparations().byId(id).orElseThrow().key();
    ports.unit().run(() -> ports.preparations().delete(id));
    assertThat(isThere(key)).isTrue();

    assertThat(clock.fire("clean-up", Instant.now())).isTrue();

    while (isThere(key)) {
      Thread.sleep(20);
    }
  }

  private boolean isThere(PreparationKey key) {
    return !ports.examples().photosAfter(key, Optional.empty(), 1).isEmpty();
  }
}
