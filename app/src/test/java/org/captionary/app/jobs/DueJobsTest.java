package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.idOf;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.submit;
import static org.captionary.app.door.TestTokens.asAdmin;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.captionary.app.api.SampleLayout;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.UnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that nobody submits: of data sets whose files changed, by the clock. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DueJobsTest {

  private static final String NAME = "growing";
  private static final Map<String, Object> RECIPE = Map.of("captions", "all", "minTokenLength", 3);
  private static final String CLOCK_JOB = "due-jobs";

  @Inject DueJobs due;
  @Inject DatasetRepository datasets;
  @Inject JobService jobs;
  @Inject UnitOfWork unit;
  @Inject Scheduler scheduler;
  @Inject DutyClock clock;

  @Test
  void aPhotoMoreIsAllThatIsExtracted() throws Exception {
    SampleLayout files = SampleLayout.draw(NAME, 4, 11);
    Path hidden = files.folder().resolve("later.jpg");
    List<String> rows = Files.readAllLines(files.captions());
    String later = files.photoNames().get(3);
    Files.move(files.photo(later), hidden);
    Files.write(files.captions(), rows.stream().filter(row -> !row.startsWith(later)).toList());
    assertThat(post(DATASETS, files.body(NAME)).statusCode()).isEqualTo(201);
    JsonPath first = succeeded(idOf(submit(NAME, RECIPE)));
    assertThat(first.getList("steps.total")).containsExactly(3, 15, 15, 15, 3);
    String before = batch(first.getString("preparation"), "0.npz?size=65536");
    byte[] served = bytes(before);

    due.run();
    assertThat(jobsOf(NAME)).containsExactly(first.getLong("id"));

    Files.move(hidden, files.photo(later));
    Files.write(
        files.captions(),
        rows.stream().filter(row -> row.startsWith(later)).toList(),
        StandardOpenOption.APPEND);
    due.run();
    due.run();
    assertThat(jobsOf(NAME)).hasSize(2).endsWith(first.getLong("id"));
    JsonPath second = succeeded(jobsOf(NAME).get(0));
    assertThat(second.getMap("recipe")).isEqualTo(first.getMap("recipe"));
    assertThat(second.getList("steps.total")).containsExactly(4, 20, 20, 20, 4);
    assertThat(extracted(first)).isEqualTo(3);
    assertThat(extracted(second)).isEqualTo(1);
    assertThat(second.getString("preparation")).isNotEqualTo(first.getString("preparation"));
    assertThat(bytes(batch(second.getString("preparation"), "0.npz?size=65536")))
        .hasSizeGreaterThan(served.length);
    assertThat(bytes(before)).isEqualTo(served);

    due.run();
    assertThat(jobsOf(NAME)).hasSize(2);
  }

  private static JsonPath succeeded(long id) throws InterruptedException {
    JsonPath job = ended(id);
    assertThat(job.getString("state")).as(job.prettify()).isEqualTo("SUCCEEDED");
    return job;
  }

  /** Photos that the job itself worked on, by the rate it tells: what was there does not count. */
  private static long extracted(JsonPath job) {
    Instant started = Instant.parse(job.getString("steps[4].startedAt"));
    Instant ended = Instant.parse(job.getString("steps[4].endedAt"));
    double seconds = Duration.between(started, ended).toNanos() / 1e9;
    return Math.round(job.getDouble("steps[4].rate") * seconds);
  }

  @Test
  void oneDatasetsTroubleHoldsUpNoOther() throws Exception {
    SampleLayout files = SampleLayout.draw("untouched", 1, 12);
    Files.delete(files.photo(files.photoNames().get(0)));
    Path folder = files.folder();
    add(new Dataset("a-of-no-known-format", "nosuch", folder, folder, Map.of()));
    add(new Dataset("b-not-below-a-root", "flickr8k", Path.of("/"), Path.of("/"), Map.of()));
    assertThat(post(DATASETS, files.body("untouched")).statusCode()).isEqualTo(201);

    due.run();

    assertThat(jobsOf("untouched")).hasSize(1);
    JsonPath job = succeeded(jobsOf("untouched").get(0));
    assertThat(job.getString("recipe.captions")).as("the tutorial's").isEqualTo("first");
    assertThat(jobsOf("a-of-no-known-format")).isEmpty();
  }

  private void add(Dataset dataset) {
    unit.run(() -> datasets.add(dataset));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"nightly", " nightly ", "0 0 2 * * ?", "0/30 15 10 ? * MON-FRI"})
  void runsByTheClock(String cron) {
    assertThat(scheduler.getScheduledJob(CLOCK_JOB)).as("off is the default").isNull();
    try {
      start(cron);
      assertThat(scheduler.getScheduledJob(CLOCK_JOB).getNextFireTime()).isAfter(Instant.now());
    } finally {
      scheduler.unscheduleJob(CLOCK_JOB);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", " off ", "on-change"})
  void offRunsNever(String cron) {
    start(cron);
    assertThat(scheduler.getScheduledJob(CLOCK_JOB)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily", "0 0 25 * * ?", "* * *", ""})
  void expressionThatIsNone(String cron) {
    assertThatThrownBy(() -> start(cron))
        .hasMessageStartingWith("captionary.jobs.cron: " + cron + " is not allowed; allowed: off,")
        .hasMessageContaining("allowed: off, nightly, on-change, or a Quartz cron expression");
    assertThat(scheduler.getScheduledJob(CLOCK_JOB)).isNull();
  }

  private void start(String cron) {
    clock.start(new DueJobs(datasets, jobs, cron));
  }

  private static List<Long> jobsOf(String dataset) {
    return found(asAdmin().get(JOBS))
        .jsonPath()
        .getList("findAll { it.dataset == '" + dataset + "' }.id", Long.class);
  }
}
