package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.idOf;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.api.Api.submit;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which submissions are one job, which are two, and which are none. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class JobTest {

  private PreparedSample prepared;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
  }

  @Test
  void sameSubmissionIsTheSameJob() {
    Map<String, Object> spelledOut = new HashMap<>(Map.of("captions", "first", "minCount", 1));
    spelledOut.put("limit", null);
    spelledOut.put("features", List.of("avg"));
    long first = prepared.job().getLong("id");
    Response again = submit(PreparedSample.NAME, spelledOut);
    assertThat(idOf(again)).isEqualTo(first);
    assertThat(again.jsonPath().getString("state")).isEqualTo("SUCCEEDED");
    assertThat(idOf(post(JOBS, Map.of("dataset", PreparedSample.NAME)))).isEqualTo(first);
    assertThat(idOf(post(JOBS, Map.of("dataset", PreparedSample.NAME, "force", false))))
        .isEqualTo(first);
  }

  @Test
  void anotherRecipeIsAnotherJob() throws Exception {
    long other = idOf(submit(PreparedSample.NAME, Map.of("limit", 1, "features", "none")));
    assertThat(other).isNotEqualTo(prepared.job().getLong("id"));
    JsonPath job = ended(other);
    assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(job.getString("preparation"))
        .isNotIn(prepared.tutorial(), prepared.rich())
        .isNotNull();
    assertThat(job.getList("steps.total")).containsExactly(17, 1, 1, 1, 0);
    assertThat(job.getInt("recipe.limit")).isEqualTo(1);
  }

  @Test
  void forcedJobIsNewAndGivesTheSameBytes() throws Exception {
    Map<String, Object> body =
        Map.of("dataset", PreparedSample.NAME, "recipe", Map.of(), "force", true);
    long forced = idOf(post(JOBS, body));
    assertThat(forced).isNotEqualTo(prepared.job().getLong("id"));
    JsonPath job = ended(forced);
    assertThat(job.getString("state")).as(job.prettify()).isEqualTo("SUCCEEDED");
    assertThat(job.getBoolean("force")).isTrue();
    String anew = job.getString("preparation");
    assertThat(anew).isNotNull().isNotEqualTo(prepared.tutorial());
    for (String name :
        List.of("0.npz", "1.npz?size=20&photo=pixels", "0.json?photos=3", "0.npz?split=train")) {
      assertThat(bytes(batch(anew, name))).isEqualTo(bytes(batch(prepared.tutorial(), name)));
    }
    assertThat(idOf(submit(PreparedSample.NAME, Map.of())))
        .as("an unforced one is still the first")
        .isEqualTo(prepared.job().getLong("id"));
  }

  @Test
  void startWordThatStandsInACaptionFailsTheJob() throws Exception {
    String common =
        new ExpectedText(prepared.sample(), PreparedSample.TUTORIAL_TEXT).words().get(0);
    JsonPath job =
        ended(
            idOf(
                submit(
                    PreparedSample.NAME,
                    Map.of("startEnd", List.of(common, "endseq"), "features", "none"))));
    assertThat(job.getString("state")).isEqualTo("FAILED");
    assertThat(job.getString("error"))
        .startsWith("recipe.startEnd: " + common + " is not allowed")
        .doesNotContain("Exception");
    assertThat(job.getString("preparation")).isNull();
    assertThat(job.getString("endedAt")).isNotNull();
  }

  static Stream<Arguments> badFields() {
    return Stream.of(
        bad("captions", "best", "first", "all", "longest"),
        bad("captions", 7, "first", "all", "longest"),
        bad("fitOn", "Train", "all, or the name of a split"),
        bad("fitOn", "nosuch", "all", "dev", "test", "train"),
        bad("limit", 0, "a whole number from 1 to 2147483647"),
        bad("limit", "5", "a whole number from 1 to 2147483647"),
        bad("cleaning", "english", "tutorial", "unicode", "none"),
        bad("tokenizer", "jieba", "whitespace", "words"),
        bad("locale", "zh_CN", "a BCP 47 language tag such as und, zh, tr or de-CH"),
        bad("minTokenLength", 0, "a whole number from 1 to 2147483647"),
        bad("lettersOnly", "yes", "true", "false"),
        bad("minCount", 1.5, "a whole number from 1 to 2147483647"),
        bad("outOfVocabulary", 1, "true", "false"),
        bad("startEnd", "yes", "true", "false", "two words such as [\"start\", \"end\"]"),
        bad("resize", "area", "nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"),
        bad("exifOrientation", "yes", "true", "false"),
        bad("extractor", "inception", "vgg16", "vgg19", "resnet50"),
        bad("precision", "float16", "float32", "bfloat16"),
        bad("stored", "half", "float32", "float16"),
        bad("features", "fc3", "none", "a list of layers", "block5_pool", "avg", "fc1", "fc2"));
  }

  private static Arguments bad(String field, Object value, String... allowed) {
    return Arguments.of(field, value, Arrays.asList(allowed));
  }

  @ParameterizedTest
  @MethodSource("badFields")
  void recipeFieldWithAWrongValue(String field, Object value, List<String> allowed) {
    Response response = submit(PreparedSample.NAME, Map.of(field, value));
    JsonPath problem = refused(response, 400, "recipe." + field, value);
    assertThat(problem.getList("allowed", String.class)).isEqualTo(allowed);
  }

  static Stream<String> unknownFields() {
    return Stream.of("network", "threads", "x");
  }

  @ParameterizedTest
  @MethodSource("unknownFields")
  void recipeFieldThatIsNotKnown(String field) {
    Response response = submit(PreparedSample.NAME, Map.of(field, "tutorial"));
    JsonPath problem = refused(response, 400, "recipe." + field, "tutorial");
    assertThat(problem.getList("allowed", String.class))
        .containsExactly(
            "captions",
            "fitOn",
            "limit",
            "cleaning",
            "tokenizer",
            "locale",
            "minTokenLength",
            "lettersOnly",
            "minCount",
            "startEnd",
            "outOfVocabulary",
            "extractor",
            "features",
            "resize",
            "exifOrientation",
            "precision",
            "stored");
  }

  @Test
  void startWordsAreRefusedByThemselves() {
    refused(
        submit(PreparedSample.NAME, Map.of("startEnd", List.of("<start>", "end"))),
        400,
        "recipe.startEnd",
        "<start>");
    refused(
        submit(PreparedSample.NAME, Map.of("startEnd", List.of("a\0", "end"))),
        400,
        "recipe.startEnd",
        "a\0");
  }

  @Test
  void datasetMustBeRegistered() {
    refused(submit("nosuch", Map.of()), 400, "dataset", "nosuch");
    refused(post(JOBS, Map.of("recipe", Map.of())), 400, "dataset", null);
    refused(post(JOBS, Collections.singletonMap("dataset", null)), 400, "dataset", null);
  }

  @Test
  void bodyHasNoOtherKeysAndKinds() {
    refused(post(JOBS, Map.of("dataset", "dirty", "recipes", Map.of())), 400, "recipes", null);
    refused(post(JOBS, Map.of("dataset", "dirty", "force", "yes")), 400, "force", "yes");
    refused(
        post(JOBS, Map.of("dataset", "dirty", "recipe", "tutorial")), 400, "recipe", "tutorial");
    refused(post(JOBS, Map.of("dataset", 7)), 400, "dataset", 7);
    refused(post(JOBS, Map.of("dataset", "a\0b")), 400, "dataset", "a\0b");
    assertThat(post(JOBS, Map.of("dataset", "dirty", "force", 1)).jsonPath().getString("field"))
        .isEqualTo("force");
  }

  @Test
  void unknownJob() {
    refused(asAdmin().get(JOBS + "/999999999"), 404, "job", "999999999");
    refused(asAdmin().get(JOBS + "/x"), 400, "id", "x");
  }

  @Test
  void jobsAreTheAdminsAlone() {
    assertThat(asTrainer().get(JOBS).statusCode()).isEqualTo(403);
    assertThat(asTrainer().get(JOBS + "/" + prepared.job().getLong("id")).statusCode())
        .isEqualTo(403);
    Response response =
        asTrainer()
            .contentType("application/json")
            .body(Map.of("dataset", PreparedSample.NAME))
            .post(JOBS);
    assertThat(response.statusCode()).isEqualTo(403);
  }
}
