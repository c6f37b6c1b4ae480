package org.captionary.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.idOf;
import static org.captionary.app.api.Api.job;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.submit;
import static org.captionary.app.door.TestTokens.asAdmin;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.captionary.app.api.SampleLayout;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.memory.FakeJobQueue;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.TimeLimitedDecoder;
import org.captionary.domain.preparation.ChunkId;
import org.captionary.domain.preparation.ChunkRunner;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.Provenance;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What happens to a job when something breaks under it. Real processes are killed by {@code
 * deploy/checks}; here nodes are runners over the same database.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
@Timeout(120)
class JobFaultsTest {

  private static final String NAME = "faulty";
  private static final int PHOTOS = 4;

  @Inject Ports ports;
  @Inject DataSource source;

  /** Nothing but this test takes chunks from it. */
  private final FakeJobQueue byHand = new InMemoryRepositories().queue();

  private SampleLayout files;

  /** Each time with photos of its own, as what was extracted once is found again. */
  private static int seed = 400;

  @BeforeEach
  void register() throws Exception {
    files = SampleLayout.draw(NAME, PHOTOS, seed++);
    assertThat(post(DATASETS, files.body(NAME)).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void unregister() {
    assertThat(asAdmin().delete(DATASETS + "/" + NAME).statusCode()).isEqualTo(204);
  }

  @Test
  void aPhotoThatHangsIsPutAsideAndTheOthersAreServed() throws Exception {
    byte[] bad = Files.readAllBytes(files.photo(files.photoNames().get(1)));
    CountDownLatch never = new CountDownLatch(1);
    PhotoDecoder hanging =
        (file, rendering) -> {
          if (Arrays.equals(file, bad)) {
            await(never);
          }
          return ports.decoder().decode(file, rendering);
        };

    Ports limited = with(new TimeLimitedDecoder(hanging, Duration.ofSeconds(3)));
    Job job = submitByHand(limited);
    int deaths = run(limited);
    never.countDown();

    assertThat(deaths).isZero();
    assertOnePutAside(job, "decoding it takes longer than the 3 s allowed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPhotoThatEndsTheProcessIsPutAsideAndTheOthersAreServed() throws Exception {
    byte[] bad = Files.readAllBytes(files.photo(files.photoNames().get(1)));
    PhotoDecoder deadly =
        (file, rendering) -> {
          if (Arrays.equals(file, bad)) {
            throw new Died();
          }
          return ports.decoder().decode(file, rendering);
        };

    Job job = submitByHand(with(deadly));
    int deaths = run(with(deadly));

    assertThat(deaths).isEqualTo(4);
    assertOnePutAside(job, "the service's process ended each time it was read");
  }

  private void assertOnePutAside(Job job, String reason) throws Exception {
    JsonPath seen = job(job.id().value());
    assertThat(seen.getString("state")).as(seen.prettify()).isEqualTo("SUCCEEDED");
    JsonPath quarantine = found(asAdmin().get(DATASETS + "/" + NAME + "/quarantine")).jsonPath();
    assertThat(quarantine.getList("reason")).containsExactly(reason);
    assertThat(quarantine.getString("[0].source")).isEqualTo(files.photoNames().get(1));
    String manifest = "/api/preparations/" + seen.getString("preparation");
    assertThat(found(asAdmin().get(manifest)).jsonPath().getInt("photos")).isEqualTo(PHOTOS - 1);
    assertThat(bytes(batch(seen.getString("preparation"), "0.npz"))).isNotEmpty();
  }

  /** As after a SIGKILL: it has taken the chunk up, and gives no sign any more. */
  @Test
  void aChunkOfANodeThatDiedIsDoneByAnother() throws Exception {
    Job job =
        ports
            .unit()
            .call(
                () -> {
                  Job added = addByHand(vgg16(ports).identity());
                  ports.chunks().take(new ChunkId(added.id(), Phase.LOOK, 0), "dead");
                  ports.queue().enqueue(added, ports.chunks().open(added.id(), Phase.LOOK));
                  execute(
                      "UPDATE scheduled_tasks SET picked = true, picked_by = 'dead',"
                          + " last_heartbeat = now() - interval '1 minute'"
                          + " WHERE task_instance LIKE '"
                          + added.id().value()
                          + "/%'");
                  return added;
                });

    assertThat(ended(job.id().value()).getString("state")).isEqualTo("SUCCEEDED");
  }

  /** PostgreSQL takes the end of one of its processes for a crash, and starts all of them anew. */
  @Test
  void aJobGoesOnWhenTheDatabaseIsStartedAnew() throws Exception {
    long id = idOf(submit(NAME, Map.of()));
    while (job(id).getString("startedAt") == null) {
      Thread.sleep(5);
    }
    ProcessHandle.of(processOfConnection()).orElseThrow().destroyForcibly();

    Response answer = asAdmin().get(JOBS + "/" + id);
    while (answer.statusCode() == 503 || answer.jsonPath().getString("endedAt") == null) {
      assertThat(answer.statusCode()).isIn(200, 503);
      Thread.sleep(100);
      answer = asAdmin().get(JOBS + "/" + id);
    }

    assertThat(answer.jsonPath().getString("state")).as(answer.asString()).isEqualTo("SUCCEEDED");
    assertThat(answer.jsonPath().getList("steps.done"))
        .isEqualTo(answer.jsonPath().getList("steps.total"));
  }

  @Test
  void aJobGoesOnWhenTheDatabasesDiskHasRoomAgain() throws Exception {
    execute(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            + " 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';"
            + " END $$");
    execute(
        "CREATE TRIGGER no_room BEFORE INSERT ON photo_features"
            + " FOR EACH STATEMENT EXECUTE FUNCTION no_room()");
    long id;
    try {
      id = idOf(submit(NAME, Map.of()));
      while (failures(id).isEmpty()) {
        Thread.sleep(20);
      }
      assertThat(failures(id)).allMatch(cause -> cause.contains("No space left on device"));
      assertThat(job(id).getString("state")).isEqualTo("RUNNING");
    } finally {
      execute("DROP FUNCTION no_room CASCADE");
    }

    assertThat(ended(id).getString("state")).isEqualTo("SUCCEEDED");
    assertThat(found(asAdmin().get("/q/metrics")).asString().lines())
        .anyMatch(
            line -> line.matches("captionary_chunk_failures_total\\{phase=\"extract\".* [1-9].*"));
  }

  private static List<String> failures(long job) {
    return found(asAdmin().get(JOBS + "/" + job + "/failures")).jsonPath().getList("cause");
  }

  /** This node's weights are others; so it does what needs none, and leaves the features. */
  @Test
  void featuresWaitForANodeThatHasTheWeights() throws Exception {
    Ports other = with(new Renamed(vgg16(ports)));
    Job job =
        ports
            .unit()
            .call(
                () -> {
                  Job added = addByHand(vgg16(other).identity());
                  ports.queue().enqueue(added, ports.chunks().open(added.id(), Phase.LOOK));
                  return added;
                });
    long id = job.id().value();
    while (job(id).getString("steps[4].startedAt") == null) {
      Thread.sleep(20);
    }
    // Several times as long as a node waits between two looks.
    Thread.sleep(1_500);
    assertThat(job(id).getString("state")).isEqualTo("RUNNING");
    assertThat(job(id).getInt("steps[4].done")).isZero();
    assertThat(failures(id)).isEmpty();
    List<ChunkId> waiting = ports.chunks().open(job.id(), Phase.EXTRACT);
    assertThat(waiting).isNotEmpty();

    waiting.forEach(chunk -> assertThat(runner(other, "with-weights").run(chunk)).isEmpty());

    JsonPath done = ended(id);
    assertThat(done.getString("state")).as(done.prettify()).isEqualTo("SUCCEEDED");
    assertThat(done.getList("steps[4].nodes.node")).containsExactly("with-weights");
  }

  /** The same network under another name. */
  private record Renamed(FeatureExtractor extractor) implements FeatureExtractor {

    @Override
    public ExtractorIdentity identity() {
      ContentHash sha256 = ContentHash.of(new byte[] {7});
      return new ExtractorIdentity("vgg16", "weights-elsewhere", sha256, "float32");
    }

    @Override
    public Set<FeatureLayer> layers() {
      return extractor.layers();
    }

    @Override
    public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
      return extractor.extract(photos, layers);
    }
  }

  /** What ends a process, seen from outside. */
  private static final class Died extends Error {

    private static final long serialVersionUID = 1L;
  }

  private static FeatureExtractor vgg16(Ports ports) {
    return ports.extractors().find(Network.VGG16).orElseThrow();
  }

  private Ports with(PhotoDecoder decoder) {
    return with(byHand, decoder, ports.extractors());
  }

  private Ports with(FeatureExtractor extractor) {
    return with(ports.queue(), ports.decoder(), Extractors.of(Network.VGG16, extractor));
  }

  private Ports with(JobQueue queue, PhotoDecoder decoder, Extractors extractors) {
    return new Ports(
        ports.formats(),
        ports.datasets(),
        ports.snapshots(),
        ports.captions(),
        ports.judgements(),
        ports.photos(),
        ports.vocabularies(),
        ports.examples(),
        ports.preparations(),
        ports.jobs(),
        ports.looks(),
        ports.reports(),
        ports.chunks(),
        queue,
        ports.observer(),
        ports.unit(),
        decoder,
        extractors);
  }

  private static Job submitByHand(Ports ports) {
    return new JobService(ports, InstantSource.system()).submit(NAME, Recipe.TUTORIAL, false);
  }

  /** A job that nothing is in the queue for. */
  private Job addByHand(ExtractorIdentity extractor) {
    Submission submission =
        new Submission(
            NAME, Recipe.TUTORIAL, true, ContentHash.of(new byte[] {1}), Optional.of(extractor));
    Job job = ports.jobs().add(submission, Instant.now()).orElseThrow();
    ports.chunks().plan(job.id(), Phase.LOOK, List.of(List.of()));
    return job;
  }

  private static ChunkRunner runner(Ports ports, String node) {
    Provenance.Environment environment = new Provenance.Environment("1", "17", "test");
    return new ChunkRunner(ports, environment, InstantSource.system(), () -> false, node, 5);
  }

  /** Runs what waits, and after each death begins anew; says how many there were. */
  private int run(Ports ports) {
    int deaths = 0;
    for (Optional<ChunkId> chunk = byHand.first(); chunk.isPresent(); chunk = byHand.first()) {
      try {
        assertThat(runner(ports, "node-" + deaths).run(byHand.pick(chunk.get()))).isEmpty();
        byHand.remove(chunk.get());
      } catch (Died e) {
        deaths++;
      }
    }
    return deaths;
  }

  private void execute(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long processOfConnection() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getLong(1);
    }
  }
}
