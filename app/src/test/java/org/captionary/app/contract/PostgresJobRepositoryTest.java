package org.captionary.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobRepositoryContract;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.Repositories;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresJobRepositoryTest extends JobRepositoryContract {

  @Inject InjectedRepositories repositories;
  @Inject Contention contention;

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  @Test
  void aJobThatEndsWaitsForADeletionUnderWay() {
    Job first = newJob();
    Preparation preparation =
        publish(first, newPreparation(first), first.recipe(), Optional.empty());
    Job second = newJob();

    contention.run(
        () -> repositories.preparations().delete(preparation.id()),
        () -> repositories.jobs().succeeded(second.id(), preparation.id(), LATER),
        () -> {});

    Job ended = repositories.jobs().find(second.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.preparation()).isEmpty();
  }

  @Test
  void aDeletionWaitsForAJobThatEnds() {
    Job first = newJob();
    Preparation preparation =
        publish(first, newPreparation(first), first.recipe(), Optional.empty());
    Job second = newJob();

    contention.run(
        () -> repositories.jobs().succeeded(second.id(), preparation.id(), LATER),
        () -> repositories.preparations().delete(preparation.id()),
        () -> {});

    Job ended = repositories.jobs().find(second.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.preparation()).isEmpty();
  }

  @Test
  void aNewJobWaitsForADeletionOfItsDataset() {
    String dataset = newDataset().name();
    List<Optional<Job>> added = new ArrayList<>();

    contention.run(
        () -> {
          repositories.datasets().lock(dataset);
          repositories.datasets().delete(dataset);
        },
        () -> added.add(repositories.jobs().add(submission(dataset), NOW)),
        () -> {});

    assertThat(added).containsExactly(Optional.empty());
  }

  @Test
  void aDeletionOfADatasetWaitsForANewJob() {
    String dataset = newDataset().name();
    List<Optional<Job>> unfinished = new ArrayList<>();

    contention.run(
        () -> repositories.jobs().add(submission(dataset), NOW),
        () -> {
          repositories.datasets().lock(dataset);
          unfinished.add(repositories.jobs().unfinished(dataset));
        },
        () -> {});

    assertThat(unfinished.get(0)).isPresent();
  }
}
