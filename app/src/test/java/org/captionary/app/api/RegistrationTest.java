package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets that are not taken in, and who may see those that are. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RegistrationTest {

  private static final String NAME = "refused";
  private static final String OUTSIDE = "a path that stays, links followed, below ";

  private SampleLayout files;

  @BeforeEach
  void prepare() throws Exception {
    files = PreparedSample.get().sample().files();
  }

  @Test
  void relativePaths() {
    String allowed = "an absolute path below " + SampleLayout.ROOT;
    refusedPath("photos", "photos", allowed);
    refusedPath("captions", "captions.txt", allowed);
    refusedPath("splits.train", "train.txt", allowed);
  }

  @Test
  void pathsOutsideTheRoots() {
    Path outside = SampleLayout.ROOT.resolveSibling("classes");
    assertThat(outside).isDirectory();
    refusedPath("photos", outside, OUTSIDE + SampleLayout.ROOT);
    refusedPath("photos", outside.resolve("nosuch"), OUTSIDE + SampleLayout.ROOT);
    Path file = outside.resolve("application.properties");
    assertThat(file).isRegularFile();
    refusedPath("captions", file, OUTSIDE + SampleLayout.ROOT);
    refusedPath("splits.dev", file, OUTSIDE + SampleLayout.ROOT);
  }

  @Test
  void pathsThatClimbOut() {
    refusedPath("photos", SampleLayout.ROOT + "/../classes", OUTSIDE + SampleLayout.ROOT);
    refusedPath(
        "captions",
        SampleLayout.ROOT + "/../classes/application.properties",
        OUTSIDE + SampleLayout.ROOT);
  }

  @Test
  void linksThatLeadOut() throws IOException {
    Path classes = SampleLayout.ROOT.resolveSibling("classes");
    Path folder = link("out", classes);
    refusedPath("photos", folder, OUTSIDE + SampleLayout.ROOT);
    refusedPath("captions", folder.resolve("application.properties"), OUTSIDE + SampleLayout.ROOT);
    refusedPath(
        "captions",
        link("out.txt", classes.resolve("application.properties")),
        OUTSIDE + SampleLayout.ROOT);
  }

  private static Path link(String name, Path target) throws IOException {
    Path link = SampleLayout.ROOT.resolve(name);
    Files.deleteIfExists(link);
    return Files.createSymbolicLink(link, target);
  }

  @Test
  void pathsThatAreNotThereOrOfTheWrongKind() {
    String root = " below " + SampleLayout.ROOT;
    refusedPath("photos", files.folder().resolve("nosuch"), "a folder that exists" + root);
    refusedPath("captions", files.folder().resolve("nosuch"), "a file that exists" + root);
    refusedPath("splits.test", files.folder().resolve("nosuch"), "a file that exists" + root);
    refusedPath("photos", files.captions(), "a folder or a zip archive" + root);
    refusedPath("captions", files.photos(), "a regular file" + root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "captions", "name"})
  void keysThatAreNeeded(String key) {
    Map<String, Object> body = files.body(NAME);
    body.remove(key);
    refused(post(DATASETS, body), 400, key, null);
    body.put(key, " ");
    refused(post(DATASETS, body), 400, key, " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "-x", ".", "a b", "\u00e4", "../x"})
  void badNames(String name) {
    JsonPath problem = refused(post(DATASETS, files.body(name)), 400, "name", name);
    assertThat(problem.getList("allowed", String.class))
        .containsExactly("1 to 64 letters, digits, dots, underscores and hyphens");
  }

  @Test
  void nameOf65Characters() {
    refused(post(DATASETS, files.body("x".repeat(65))), 400, "name", "x".repeat(65));
  }

  @Test
  void unknownFormat() {
    Map<String, Object> body = files.body(NAME);
    body.put("format", "unknown");
    JsonPath problem = refused(post(DATASETS, body), 400, "format", "unknown");
    assertThat(problem.getList("allowed")).contains("flickr8k", "webdataset");
  }

  @Test
  void formatIsToldByTheFiles() {
    Map<String, Object> body = files.body("told");
    body.remove("format");
    Response answer = post(DATASETS, body);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.jsonPath().getString("format")).isEqualTo("flickr8k");
    asAdmin().delete(DATASETS + "/told").then().statusCode(204);
  }

  @Test
  void filesOfNoKnownFormat() {
    Map<String, Object> body = files.body(NAME);
    body.remove("format");
    body.put("captions", files.split("train").toString());
    JsonPath problem = refused(post(DATASETS, body), 400, "format", null);
    assertThat(problem.getList("allowed")).contains("flickr8k");
    body.put("format", " ");
    refused(post(DATASETS, body), 400, "format", " ");
  }

  @Test
  void unknownKey() {
    Map<String, Object> body = files.body(NAME);
    body.put("annotation", Map.of());
    JsonPath problem = refused(post(DATASETS, body), 400, "annotation", null);
    assertThat(problem.getString("type")).isEqualTo("urn:captionary:problem:unknown-field");
    assertThat(problem.getList("allowed"))
        .containsExactly("annotations", "captions", "format", "name", "photos", "splits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "Train", "a b"})
  void badSplitNames(String split) {
    Map<String, Object> body = files.body(NAME);
    body.put("splits", Map.of(split, files.split("train").toString()));
    refused(post(DATASETS, body), 400, "splits." + split, files.split("train"));
  }

  @Test
  void splitWithoutAFile() {
    Map<String, Object> body = files.body(NAME);
    Map<String, Object> splits = new HashMap<>();
    splits.put("train", null);
    body.put("splits", splits);
    refused(post(DATASETS, body), 400, "splits.train", null);
  }

  @Test
  void takenName() {
    Response response = post(DATASETS, files.body(PreparedSample.NAME));
    refused(response, 409, "name", PreparedSample.NAME);
  }

  @Test
  void unknownDataset() {
    assertThat(asAdmin().urlEncodingEnabled(false).get("/api/datasets/a%00b").statusCode())
        .isEqualTo(404);
    for (String path : List.of("/nosuch", "/nosuch/quarantine")) {
      refused(asAdmin().get(DATASETS + path), 404, "data set", "nosuch");
    }
  }

  @Test
  void trainerReadsWhatTrainingNeeds() {
    String dirty = DATASETS + "/" + PreparedSample.NAME;
    for (String path : List.of(DATASETS, dirty, PREPARATIONS)) {
      assertThat(asTrainer().get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(asTrainer().get(dirty + "/quarantine").statusCode()).isEqualTo(403);
    Response register =
        asTrainer().contentType("application/json").body(files.body(NAME)).post(DATASETS);
    assertThat(register.statusCode()).isEqualTo(403);
    assertThat(asAdmin().get(DATASETS + "/" + NAME).statusCode()).isEqualTo(404);
  }

  private void refusedPath(String field, Object value, String allowed) {
    Map<String, Object> body = files.body(NAME);
    if (field.startsWith("splits.")) {
      body.put("splits", Map.of(field.substring("splits.".length()), value.toString()));
    } else {
      body.put(field, value.toString());
    }
    JsonPath problem = refused(post(DATASETS, body), 400, field, value);
    assertThat(problem.getList("allowed")).containsExactly(allowed);
    assertThat(asAdmin().get(DATASETS + "/" + NAME).statusCode()).isEqualTo(404);
  }
}
