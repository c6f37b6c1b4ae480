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
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.captionary.app.api.SampleLayout;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.ChangeWatch;
import org.captionary.domain.preparation.DatasetRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets are prepared anew once their files changed and stayed so. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ChangedFilesTest {

  private static final String NAME = "watched";
  private static final int BEFORE = 3;
  private static final int MORE = 5;
  private static final Map<String, Object> RECIPE = Map.of("captions", "all", "minTokenLength", 3);
  private static final String DUTY = "changed-files";

  @Inject ChangedFiles duty;
  @Inject ChangeWatch watch;
  @Inject DatasetRepository datasets;
  @Inject DutyClock clock;
  @Inject Scheduler triggers;
  @Inject DataSource source;

  @ConfigProperty(name = ChangedFiles.INTERVAL)
  String interval;

  /** The photos that come are copied in two goes, with a look in between. */
  @Test
  void photosThatComeAreAllThatIsExtracted() throws Exception {
    SampleLayout files = SampleLayout.draw(NAME, BEFORE + MORE, 31);
    List<String> rows = Files.readAllLines(files.captions());
    List<String> later = files.photoNames().subList(BEFORE, BEFORE + MORE);
    hide(files, later);
    assertThat(post(DATASETS, files.body(NAME)).statusCode()).isEqualTo(201);
    JsonPath first = succeeded(idOf(submit(NAME, RECIPE)));
    String before = batch(first.getString("preparation"), "0.npz?size=65536");
    byte[] served = bytes(before);
    assertThat(features(files)).isEqualTo(BEFORE);
    duty.run();
    duty.run();
    assertThat(jobsOf(NAME)).containsExactly(first.getLong("id"));

    show(files, later.subList(0, 2));
    duty.run();
    show(files, later.subList(2, MORE));
    Files.write(files.captions(), rows);
    duty.run();
    assertThat(jobsOf(NAME)).as("still changing").hasSize(1);
    duty.run();
    duty.run();

    assertThat(jobsOf(NAME)).hasSize(2).endsWith(first.getLong("id"));
    JsonPath second = succeeded(jobsOf(NAME).get(0));
    assertThat(second.getMap("recipe")).isEqualTo(first.getMap("recipe"));
    assertThat(second.getInt("steps[4].total")).isEqualTo(BEFORE + MORE);
    assertThat(second.getInt("steps[4].nodes.done.sum()")).isEqualTo(MORE);
    assertThat(features(files)).isEqualTo(BEFORE + MORE);
    assertThat(second.getString("preparation")).isNotEqualTo(first.getString("preparation"));
    assertThat(bytes(before)).as("the old one stays as it is").isEqualTo(served);
    duty.run();
    duty.run();
    assertThat(jobsOf(NAME)).hasSize(2);

    Files.setLastModifiedTime(files.photo(later.get(0)), FileTime.from(Instant.EPOCH));
    duty.run();
    duty.run();
    JsonPath touched = succeeded(jobsOf(NAME).get(0));
    assertThat(touched.getLong("id")).isNotEqualTo(second.getLong("id"));
    assertThat(touched.getString("preparation"))
        .as("the content is the same")
        .isEqualTo(second.getString("preparation"));
    assertThat(features(files)).isEqualTo(BEFORE + MORE);
  }

  private static void hide(SampleLayout files, List<String> names) throws Exception {
    for (String name : names) {
      Files.move(files.photo(name), files.folder().resolve(name));
    }
    List<String> rows = Files.readAllLines(files.captions());
    Files.write(
        files.captions(),
        rows.stream().filter(row -> names.stream().noneMatch(row::startsWith)).toList());
  }

  private static void show(SampleLayout files, List<String> names) throws Exception {
    for (String name : names) {
      Files.move(files.folder().resolve(name), files.photo(name));
    }
  }

  private static JsonPath succeeded(long id) throws InterruptedException {
    JsonPath job = ended(id);
    assertThat(job.getString("state")).as(job.prettify()).isEqualTo("SUCCEEDED");
    return job;
  }

  /** How many rows there are of the photos in the folder. */
  private long features(SampleLayout files) throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String name : files.photoNames()) {
      hashes.add("'\\x" + ContentHash.of(Files.readAllBytes(files.photo(name))).hex() + "'");
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM photo_features WHERE content IN ("
                    + String.join(", ", hashes)
                    + ")")) {
      count.next();
      return count.getLong(1);
    }
  }

  private static List<Long> jobsOf(String dataset) {
    return found(asAdmin().get(JOBS))
        .jsonPath()
        .getList("findAll { it.dataset == '" + dataset + "' }.id", Long.class);
  }

  @Test
  void looksByTheClockOnChangeAlone() {
    assertThat(interval).as("the default").isEqualTo("30s");
    assertThat(triggers.getScheduledJob(DUTY)).isNull();
    for (String cron : List.of("off", "nightly")) {
      clock.start(new ChangedFiles(watch, datasets, cron, interval));
      assertThat(triggers.getScheduledJob(DUTY)).as(cron).isNull();
    }
    try {
      clock.start(new ChangedFiles(watch, datasets, " on-change ", "1h"));
      assertThat(triggers.getScheduledJob(DUTY).getNextFireTime()).isAfter(Instant.now());
    } finally {
      triggers.unscheduleJob(DUTY);
    }
  }

  /** Whether or not anything looks. */
  @ParameterizedTest
  @ValueSource(strings = {"on-change", "off"})
  void anIntervalThatIsNoneIsRefused(String cron) {
    assertThatThrownBy(() -> new ChangedFiles(watch, datasets, cron, "45s"))
        .hasMessageStartingWith("captionary.jobs.look-every: 45s is not allowed; allowed: 1s to");
  }
}
