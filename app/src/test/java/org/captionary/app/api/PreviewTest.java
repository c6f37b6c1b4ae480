package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recipes tried over HTTP, against the manifests of the same recipes' preparations. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PreviewTest {

  private static final List<String> FIGURES =
      List.of(
          "dataset",
          "recipe",
          "describedPhotos",
          "photos",
          "captions",
          "emptyCaptions",
          "vocabularySize",
          "maxLength",
          "examples",
          "servableExamples",
          "splits");

  private PreparedSample prepared;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
  }

  private static Response preview(String dataset, Object body) {
    return asTrainer()
        .contentType("application/json")
        .body(body)
        .post(DATASETS + "/" + dataset + "/recipes/preview");
  }

  private static JsonPath preview(Object body) {
    return found(preview(PreparedSample.NAME, body)).jsonPath();
  }

  @Test
  void givesTheFiguresOfTheManifest() throws Exception {
    compare(PreparedSample.TUTORIAL, prepared.tutorial());
    compare(PreparedSample.RICH, prepared.rich());
    Map<String, Object> words =
        Map.of(
            "captions",
            "longest",
            "cleaning",
            "unicode",
            "tokenizer",
            "words",
            "locale",
            "de",
            "minCount",
            3,
            "limit",
            9,
            "outOfVocabulary",
            true,
            "features",
            "none");
    compare(words, Api.prepare(PreparedSample.NAME, words));
  }

  private static void compare(Map<String, Object> recipe, String preparation) {
    JsonPath manifest = found(asTrainer().get(PREPARATIONS + preparation)).jsonPath();
    JsonPath preview = preview(recipe);
    for (String figure : FIGURES) {
      assertThat(preview.<Object>get(figure)).as(figure).isEqualTo(manifest.get(figure));
    }
    assertThat(preview.getString("datasetSha256"))
        .isEqualTo(manifest.getString("provenance.datasetSha256"));
    assertThat(preview(Map.of("recipe", recipe)).getMap("")).isEqualTo(preview.getMap(""));
  }

  @Test
  void showsSamplesAndWords() throws Exception {
    JsonPath vocabulary =
        found(asTrainer().get(PREPARATIONS + prepared.rich() + "/vocabulary")).jsonPath();

    JsonPath preview = preview(PreparedSample.RICH);

    assertThat(preview.getMap("").keySet())
        .hasSize(FIGURES.size() + 5)
        .contains("minCount", "samples", "mostFrequent", "leastFrequent");
    assertThat(preview.getMap("minCount"))
        .isEqualTo(Map.of("wordsDropped", 0, "captionsEmptied", 0, "examplesLost", 0));
    assertThat(preview.getList("samples")).hasSize(10);
    Map<String, Integer> index = vocabulary.getMap("wordIndex");
    List<String> tokens = preview.getList("samples[1].tokens");
    List<Integer> encoded = preview.getList("samples[1].encoded");
    assertThat(preview.getString("samples[1].raw")).isNotBlank();
    assertThat(encoded).startsWith(index.get("startseq")).endsWith(index.get("endseq"));
    assertThat(encoded.subList(1, encoded.size() - 1))
        .isEqualTo(tokens.stream().filter(index::containsKey).map(index::get).toList());
    List<String> words = index.keySet().stream().toList();
    assertThat(preview.getList("mostFrequent.word")).isEqualTo(words.subList(0, 20));
    assertThat(preview.getString("leastFrequent[0].word")).isEqualTo(words.get(words.size() - 1));
    assertThat(preview.getInt("mostFrequent[0].count"))
        .isEqualTo(vocabulary.getInt("counts." + words.get(0)));
  }

  @Test
  void runsNoJob() {
    int jobs = found(asAdmin().get(Api.JOBS)).jsonPath().getList("").size();
    preview(Map.of("minCount", 4));
    assertThat(found(asAdmin().get(Api.JOBS)).jsonPath().getList("")).hasSize(jobs);
  }

  @Test
  void refusesWhatIsNoRecipe() {
    String name = PreparedSample.NAME;
    refused(preview(name, Map.of("minCount", 0)), 400, "recipe.minCount", 0);
    refused(preview(name, Map.of("recipe", Map.of("minCount", 0))), 400, "recipe.minCount", 0);
    refused(preview(name, Map.of("fitOn", "nosuch")), 400, "recipe.fitOn", "nosuch");
    refused(preview(name, Map.of("recipe", Map.of(), "force", true)), 400, "force", true);
    refused(preview(name, Map.of("x", 1)), 400, "recipe.x", 1);
    refused(preview(name, Map.of("recipe", 7)), 400, "recipe", 7);
    assertThat(preview(name, "null").statusCode()).isEqualTo(400);
    assertThat(preview(name, "[]").statusCode()).isEqualTo(400);
  }

  @Test
  void needsADatasetWithAnImport() throws Exception {
    refused(preview("nosuch", Map.of()), 404, "data set", "nosuch");
    SampleLayout files = SampleLayout.draw("unread", 2, 3);
    Api.post(DATASETS, files.body("unread"));
    JsonPath problem = refused(preview("unread", Map.of()), 409, "data set", "unread");
    assertThat(problem.getString("detail")).contains("submit a job first");
    asAdmin().delete(DATASETS + "/unread");
  }

  @Test
  void needsAToken() {
    assertThat(
            RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post(DATASETS + "/" + PreparedSample.NAME + "/recipes/preview")
                .statusCode())
        .isEqualTo(401);
  }
}
