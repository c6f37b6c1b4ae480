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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Human judgements, from their files to what trainers read. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class JudgementTest {

  private static final String NAME = "judged";
  private static final String JUDGEMENTS = DATASETS + "/" + NAME + "/judgements";

  private static SampleLayout files;
  private static List<String> photos;
  private static List<String> names;

  /** Once: the service can be reached from the first test on. */
  @BeforeEach
  void register() throws Exception {
    if (files == null) {
      files = SampleLayout.draw(NAME, 3, 29);
      names = files.photoNames().stream().sorted().toList();
      photos = names.stream().map(DirtySample::id).toList();
      Files.writeString(
          files.captions(),
          names.get(0)
              + "#0\tA dog runs\n"
              + names.get(0)
              + "#1\tA black dog runs far\n"
              + names.get(1)
              + "#0\tTwo cats sleep\n"
              + names.get(2)
              + "#0\tNobody is here\n");
      Files.writeString(expert(), expertRows());
      Files.writeString(crowd(), crowdRows());
      assertThat(Api.post(DATASETS, body(NAME, annotations())).statusCode()).isEqualTo(201);
      Api.prepare(NAME, Map.of("features", "none"));
    }
  }

  private static String expertRows() {
    return row(0, 0, 1, "4\t4\t3")
        + row(1, 1, 0, "1\t2\t1")
        + row(1, 0, 0, "3\t3\t3")
        + row(2, 2, 0, "5\t5\t5")
        + "nosuch.jpg\t"
        + names.get(0)
        + "#0\t1\t1\t1\n";
  }

  private static String crowdRows() {
    return row(0, 0, 1, "0.666666666666667\t2\t1")
        + row(2, 1, 0, "0.333333333333333\t1\t2")
        + row(2, 0, 0, "0.5\t1\t2")
        + row(2, 1, 0, "0\t0\t3");
  }

  private static String row(int photo, int described, int number, String said) {
    return names.get(photo) + "\t" + names.get(described) + "#" + number + "\t" + said + "\n";
  }

  private static Path expert() {
    return files.folder().resolve("ExpertAnnotations.txt");
  }

  private static Path crowd() {
    return files.folder().resolve("CrowdFlowerAnnotations.txt");
  }

  private static Map<String, Object> annotations() {
    return Map.of("expert", expert().toString(), "crowd", crowd().toString());
  }

  private static Map<String, Object> body(String name, Object annotations) {
    Map<String, Object> body = new HashMap<>(files.body(name));
    body.remove("splits");
    body.put("annotations", annotations);
    return body;
  }

  @Test
  void tellsWhereTheJudgementsCameFrom() {
    JsonPath dataset = found(asTrainer().get(DATASETS + "/" + NAME)).jsonPath();
    assertThat(dataset.getMap("annotations")).isEqualTo(annotations());
  }

  /** Of one caption every expert said the same, so that no order can be agreed on. */
  @Test
  void correlatesScoresWithWhatWasSaidOfOtherPhotosCaptions() {
    String preparation =
        found(asTrainer().get(PREPARATIONS))
            .jsonPath()
            .getString("find { it.dataset == 'judged' }.id");
    String scores = PREPARATIONS + preparation + "/scores/judgements";

    JsonPath expert = found(asTrainer().get(scores)).jsonPath();

    assertThat(expert.getString("judgements")).isEqualTo("expert");
    assertThat(expert.getInt("captions")).isEqualTo(1);
    assertThat(expert.getInt("ratings")).isEqualTo(3);
    assertThat(expert.getMap("metrics")).hasSize(7);
    assertThat(expert.getMap("metrics.bleu4").values()).containsOnlyNulls();
    JsonPath crowd = found(asTrainer().get(scores + "?judgements=crowd")).jsonPath();
    assertThat(crowd.getInt("captions")).isEqualTo(1);
    assertThat(crowd.getInt("ratings")).isEqualTo(1);
  }

  @Test
  void givesJudgementsByPhotoAndCaption() {
    JsonPath all = found(asTrainer().get(JUDGEMENTS)).jsonPath();

    assertThat(all.getList("photo"))
        .containsExactly(photos.get(0), photos.get(1), photos.get(1), photos.get(2));
    assertThat(all.getMap("[0]"))
        .isEqualTo(
            Map.of(
                "photo", photos.get(0),
                "caption",
                    Map.of("photo", photos.get(0), "number", 1, "text", "A black dog runs far"),
                "expert", Map.of("scores", List.of(4, 4, 3), "mean", 11 / 3f),
                "crowd", Map.of("yes", 2, "no", 1, "fraction", 2 / 3f)));
    assertThat(all.getMap("[1].caption"))
        .isEqualTo(Map.of("photo", photos.get(0), "number", 0, "text", "A dog runs"));
    assertThat(all.<Object>get("[1].crowd")).isNull();
    assertThat(all.<Object>get("[3].expert")).isNull();
    assertThat(all.getString("[3].caption.text")).isEqualTo("Two cats sleep");
  }

  @Test
  void givesTheJudgementsOfOnePhoto() {
    assertThat(ofPhoto(photos.get(1))).containsExactly("A dog runs", "Two cats sleep");
    assertThat(ofPhoto(names.get(1))).containsExactly("A dog runs", "Two cats sleep");
    assertThat(ofPhoto("nosuch")).isEmpty();
    refused(asTrainer().queryParam("photo", "a\0b").get(JUDGEMENTS), 400, "photo", "a\0b");
    refused(asTrainer().queryParam("page", "1").get(JUDGEMENTS), 400, "page", "1");
  }

  private static List<String> ofPhoto(String photo) {
    return found(asTrainer().queryParam("photo", photo).get(JUDGEMENTS))
        .jsonPath()
        .getList("caption.text");
  }

  @Test
  void givesJudgementsToThoseWithATokenOfADatasetThatIsThere() throws IOException {
    assertThat(RestAssured.given().get(JUDGEMENTS).statusCode()).isEqualTo(401);
    refused(asTrainer().get(DATASETS + "/nosuch/judgements"), 404, "data set", "nosuch");
    Api.post(DATASETS, body("unjudged", Map.of()));
    assertThat(found(asTrainer().get(DATASETS + "/unjudged/judgements")).asString())
        .isEqualTo("[]");
    asAdmin().delete(DATASETS + "/unjudged");
  }

  @Test
  void quarantinesRowsThatCannotBeUsed() {
    JsonPath rejected = found(asAdmin().get(DATASETS + "/" + NAME + "/quarantine")).jsonPath();

    assertThat(rejected.getList("kind")).hasSize(4).containsOnly("judgement");
    assertThat(rejected.getList("source"))
        .containsExactly(
            "CrowdFlowerAnnotations.txt", "CrowdFlowerAnnotations.txt",
            "ExpertAnnotations.txt", "ExpertAnnotations.txt");
    assertThat(rejected.getList("line")).containsExactly(3, 4, 4, 5);
    assertThat(rejected.getList("reason"))
        .containsExactly(
            "the fraction of yes does not agree with the counts",
            "a row before has judged this photo with this caption",
            "a score is not a whole number from 1 to 4",
            "the photo has no caption in the caption file");
  }

  @Test
  void preparesThePairsThatPass() throws Exception {
    Map<String, Object> recipe = Map.of("captions", "all", "minExpertScore", 3, "features", "none");

    String id = Api.prepare(NAME, recipe);

    assertThat(descriptions(id))
        .isEqualTo(photos.get(0) + " black dog runs far\n" + photos.get(1) + " dog runs");
    JsonPath manifest = found(asTrainer().get(PREPARATIONS + id)).jsonPath();
    assertThat(manifest.getFloat("recipe.minExpertScore")).isEqualTo(3f);
    assertThat(manifest.<Object>get("recipe.minCrowdYes")).isNull();
    assertThat(manifest.getInt("describedPhotos")).isEqualTo(2);
    assertThat(manifest.getInt("servableExamples")).isEqualTo(3 + 1);
    assertThat(manifest.getMap("provenance.annotationsSha256")).containsOnlyKeys("expert", "crowd");
    JsonPath preview =
        found(
                asTrainer()
                    .contentType("application/json")
                    .body(recipe)
                    .post(DATASETS + "/" + NAME + "/recipes/preview"))
            .jsonPath();
    for (String figure : List.of("recipe", "captions", "examples", "vocabularySize", "splits")) {
      assertThat(preview.<Object>get(figure)).as(figure).isEqualTo(manifest.get(figure));
    }
  }

  @Test
  void preparesTheBestJudged() throws Exception {
    assertThat(descriptions(Api.prepare(NAME, Map.of("captions", "best", "features", "none"))))
        .isEqualTo(
            photos.get(0)
                + " black dog runs far\n"
                + photos.get(1)
                + " two cats sleep\n"
                + photos.get(2)
                + " nobody is here");
  }

  private static String descriptions(String id) {
    return new String(Api.bytes(PREPARATIONS + id + "/descriptions.txt"), StandardCharsets.UTF_8);
  }

  @Test
  void refusesWhatCannotBe() {
    refused(Api.submit(NAME, Map.of("minCrowdYes", 50)), 400, "recipe.minCrowdYes", 50);
    refused(
        Api.post(DATASETS, body("x", Map.of("expert", "/nosuch"))),
        400,
        "annotations.expert",
        "/nosuch");
    refused(
        Api.post(DATASETS, body("x", Map.of("experts", "/nosuch"))),
        400,
        "annotations.experts",
        "/nosuch");
    Api.post(DATASETS, body("crowded", Map.of("crowd", crowd().toString())));
    refused(
        Api.submit("crowded", Map.of("minExpertScore", 3)), 400, "recipe.minExpertScore", "3.0");
    asAdmin().delete(DATASETS + "/crowded");
  }
}
