package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.idOf;
import static org.captionary.app.api.Api.prepare;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.api.Api.submit;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.Deletion;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preparations and data sets that are deleted, and what is left of them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DeletionTest {

  private static final String NAME = "doomed";
  private static final String TWIN = "doomed-twin";
  private static final int PHOTOS = 3;
  private static final Map<String, Object> WITH_FC1 = Map.of("features", List.of("avg", "fc1"));

  /** What is made of a preparation's rows, of every table that has them. */
  private static final List<String> ANSWERS =
      List.of(
          "",
          "/vocabulary",
          "/tokenizer.json",
          "/descriptions.txt",
          "/words.npz",
          "/sequences.npz",
          "/features.npz",
          "/batches/0.npz",
          "/batches/1.npz?size=3&shuffle=captions&seed=5",
          "/batches/0.npz?photos=2&shuffle=examples",
          "/batches/0.json?photo=index",
          "/batches/0.safetensors?photo=pixels");

  @Inject DataSource source;
  @Inject Ports ports;
  @Inject Deletion deletion;

  private SampleLayout files;

  @BeforeEach
  void register() throws Exception {
    files = SampleLayout.draw(NAME, PHOTOS, 17);
    Api.post(DATASETS, files.body(NAME));
  }

  @AfterEach
  void unregister() {
    for (String name : List.of(NAME, TWIN)) {
      asAdmin().delete(DATASETS + "/" + name);
    }
  }

  private static Response delete(String path) {
    return asAdmin().delete(path);
  }

  private static void deletePreparation(String id) {
    assertThat(delete(PREPARATIONS + id).statusCode()).isEqualTo(204);
  }

  private static Map<String, byte[]> answers(String preparation) {
    Map<String, byte[]> answers = new HashMap<>();
    ANSWERS.stream()
        .filter(path -> !path.isEmpty())
        .forEach(path -> answers.put(path, bytes(PREPARATIONS + preparation + path)));
    return answers;
  }

  private static void isGone(String preparation) {
    for (String path : ANSWERS) {
      JsonPath problem =
          refused(
              asTrainer().get(PREPARATIONS + preparation + path), 404, "preparation", preparation);
      assertThat(problem.getString("type")).as(path).endsWith(":not-found");
    }
    assertThat(found(asTrainer().get(PREPARATIONS)).jsonPath().getList("id"))
        .doesNotContain(preparation);
  }

  @Test
  void aDeletedPreparationIsGoneAtOnceAndItsJobStays() throws Exception {
    long job = idOf(submit(NAME, Map.of()));
    JsonPath before = ended(job);
    String preparation = before.getString("preparation");
    answers(preparation);

    deletePreparation(preparation);

    isGone(preparation);
    Map<String, Object> after = new HashMap<>(Api.job(job).getMap(""));
    assertThat(after.put("preparation", preparation)).isNull();
    assertThat(after).isEqualTo(before.getMap(""));
    assertThat(features()).isZero();
    assertThat(pixels()).isEqualTo(PHOTOS);
    refused(delete(PREPARATIONS + preparation), 404, "preparation", preparation);
  }

  @Test
  void aPreparationThatIsMadeAnewHasTheSameBytes() throws Exception {
    long first = idOf(submit(NAME, Map.of()));
    String preparation = ended(first).getString("preparation");
    Map<String, byte[]> before = answers(preparation);
    deletePreparation(preparation);

    long second = idOf(submit(NAME, Map.of()));

    assertThat(second).isNotEqualTo(first);
    assertThat(ended(second).getString("preparation")).isEqualTo(preparation);
    assertThat(idOf(submit(NAME, Map.of()))).isEqualTo(second);
    assertSame(answers(preparation), before);
  }

  private static void assertSame(Map<String, byte[]> answers, Map<String, byte[]> expected) {
    expected.forEach((path, bytes) -> assertThat(answers.get(path)).as(path).isEqualTo(bytes));
  }

  @Test
  void featuresThatAnotherPreparationHasStay() throws Exception {
    String avg = prepare(NAME, Map.of());
    String both = prepare(NAME, WITH_FC1);
    byte[] kept = bytes(batch(avg, "0.npz"));
    assertThat(features()).isEqualTo(2 * PHOTOS);

    deletePreparation(both);

    isGone(both);
    assertThat(features()).isEqualTo(PHOTOS);
    assertThat(bytes(batch(avg, "0.npz"))).isEqualTo(kept);
  }

  /** As this node sees it when another one deletes: what it has found it keeps for a moment. */
  @Test
  void rowsThatGoWhileTheyAreReadAreNoFault() throws Exception {
    for (String path : ANSWERS.subList(1, ANSWERS.size())) {
      String preparation = prepare(NAME, Map.of());
      found(asTrainer().get(PREPARATIONS + preparation));

      deletion.preparation(new PreparationId(preparation));

      Response response = asTrainer().get(PREPARATIONS + preparation + path);
      JsonPath problem = refused(response, 404, "preparation", preparation);
      assertThat(problem.getString("detail")).as(path).startsWith("There is no preparation");
    }
  }

  @Test
  void noPreparationOfSuchAName() {
    for (String id : List.of("0123456789abcdef", "x")) {
      refused(delete(PREPARATIONS + id), 404, "preparation", id);
    }
  }

  @Test
  void aDeletedDatasetIsGoneWithAllThatWasMadeOfIt() throws Exception {
    long job = idOf(submit(NAME, Map.of()));
    String preparation = ended(job).getString("preparation");

    assertThat(delete(DATASETS + "/" + NAME).statusCode()).isEqualTo(204);

    isGone(preparation);
    refused(asAdmin().get(DATASETS + "/" + NAME), 404, "data set", NAME);
    refused(asAdmin().get(DATASETS + "/" + NAME + "/quarantine"), 404, "data set", NAME);
    refused(asAdmin().get(JOBS + "/" + job), 404, "job", job);
    refused(submit(NAME, Map.of()), 400, "dataset", NAME);
    refused(delete(DATASETS + "/" + NAME), 404, "data set", NAME);
    assertThat(features()).isZero();
    assertThat(pixels()).isZero();
    assertThat(files.captions()).isRegularFile();
    for (String name : files.photoNames()) {
      assertThat(files.photo(name)).isRegularFile();
    }
  }

  @Test
  void aDatasetThatIsRegisteredAnewIsPreparedAlike() throws Exception {
    String preparation = prepare(NAME, Map.of());
    Map<String, byte[]> before = answers(preparation);
    delete(DATASETS + "/" + NAME);

    Api.post(DATASETS, files.body(NAME));

    assertThat(prepare(NAME, Map.of())).isEqualTo(preparation);
    assertSame(answers(preparation), before);
  }

  @Test
  void photosThatAnotherDatasetHasStay() throws Exception {
    prepare(NAME, Map.of());
    Api.post(DATASETS, files.body(TWIN));
    String twin = prepare(TWIN, Map.of());
    Map<String, byte[]> before = answers(twin);

    assertThat(delete(DATASETS + "/" + NAME).statusCode()).isEqualTo(204);

    assertThat(features()).isEqualTo(PHOTOS);
    assertThat(pixels()).isEqualTo(PHOTOS);
    assertSame(answers(twin), before);
  }

  @Test
  void noDatasetIsDeletedWhileAJobOfItIsNotOver() {
    Job job = queued();

    JsonPath problem = refused(delete(DATASETS + "/" + NAME), 409, "data set", NAME);
    assertThat(problem.getString("type")).endsWith(":conflict");
    assertThat(problem.getString("detail"))
        .isEqualTo("A job of this data set is not over: job " + job.id().value() + " is QUEUED");
    found(asAdmin().get(DATASETS + "/" + NAME));

    ports.unit().run(() -> ports.jobs().failed(job.id(), "no", Instant.now()));
    assertThat(delete(DATASETS + "/" + NAME).statusCode()).isEqualTo(204);
  }

  /** A job that nothing runs. */
  private Job queued() {
    Submission submission =
        new Submission(NAME, Recipe.TUTORIAL, false, ContentHash.of(new byte[0]), Optional.empty());
    return ports.unit().call(() -> ports.jobs().add(submission, Instant.now()).orElseThrow());
  }

  @Test
  void trainersDeleteNothing() throws Exception {
    String preparation = prepare(NAME, Map.of("features", "none"));
    for (String path : List.of(PREPARATIONS + preparation, DATASETS + "/" + NAME)) {
      assertThat(asTrainer().delete(path).statusCode()).isEqualTo(403);
      found(asTrainer().get(path));
    }
  }

  /** How many rows there are of the photos in the folder. */
  private long features() throws Exception {
    return rows("photo_features");
  }

  private long pixels() throws Exception {
    return rows("photo_pixels");
  }

  private long rows(String table) throws Exception {
    long rows = 0;
    for (String name : files.photoNames()) {
      rows += rows(table, ContentHash.of(Files.readAllBytes(files.photo(name))));
    }
    return rows;
  }

  private long rows(String table, ContentHash content) throws SQLException {
    String query = "SELECT count(*) FROM " + table + " WHERE content = ?";
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setBytes(1, content.bytes());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
