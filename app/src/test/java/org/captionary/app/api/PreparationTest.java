package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.captionary.app.api.ExpectedText.Figures;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a folder with dirt in it to a preparation, and what the preparation says of itself. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PreparationTest {

  private static final JsonMapper JSON = new JsonMapper();

  private PreparedSample prepared;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
  }

  @Test
  void registersADatasetAtAnAddress() {
    assertThat(prepared.registered().statusCode()).isEqualTo(201);
    assertThat(prepared.registered().header("Location")).endsWith("/api/datasets/dirty");
    JsonPath dataset = JsonPath.from(prepared.fresh());
    assertThat(dataset.getMap("")).isEqualTo(prepared.registered().jsonPath().getMap(""));
    Map<String, Object> expected =
        new LinkedHashMap<>(prepared.sample().files().body(PreparedSample.NAME));
    expected.put("annotations", Map.of());
    expected.put("lastImport", null);
    assertThat(dataset.getMap("")).isEqualTo(expected);
    assertThat(prepared.freshQuarantine()).isEqualTo("[]");
  }

  @Test
  void listsDatasetsWithTheirLastImport() {
    Map<Object, Object> one = found(asTrainer().get(DATASETS + "/dirty")).jsonPath().getMap("");
    List<Map<Object, Object>> all = found(asTrainer().get(DATASETS)).jsonPath().getList("");
    assertThat(all).contains(one);
    JsonPath dataset = found(asTrainer().get(DATASETS + "/dirty")).jsonPath();
    assertThat(dataset.getBoolean("lastImport.complete")).isTrue();
    assertThat(dataset.getString("lastImport.content"))
        .isEqualTo(manifest(prepared.tutorial()).getString("provenance.datasetSha256"));
    assertThat(dataset.getInt("lastImport.quarantined"))
        .isEqualTo(prepared.sample().rejected().size());
  }

  @Test
  void acceptsAJobAtAnAddress() {
    Response submitted = prepared.submitted();
    assertThat(submitted.statusCode()).isEqualTo(202);
    assertThat(submitted.header("Location")).endsWith(JOBS + "/" + submitted.path("id"));
    assertThat(submitted.jsonPath().getString("preparation")).isNull();
  }

  @Test
  void leadsAJobThroughItsSteps() {
    JsonPath job = prepared.job();
    assertThat(job.getString("state")).as(job.prettify()).isEqualTo("SUCCEEDED");
    assertThat(job.getString("error")).isNull();
    assertThat(job.getString("preparation")).matches("[0-9a-f]{16}");
    assertThat(job.getInt("quarantined")).isEqualTo(prepared.sample().rejected().size());
    assertThat(job.getList("steps.name"))
        .containsExactly("import", "clean", "vocabulary", "encode", "features");
    assertThat(job.getList("steps.done")).isEqualTo(job.getList("steps.total"));
    // 16 photos, one gone, two files that are none; of 15 described photos 13 are usable.
    assertThat(job.getList("steps.total")).containsExactly(17, 15, 15, 15, 13);
    assertThat(job.getList("steps.startedAt")).doesNotContainNull().isSorted();
    assertThat(job.getList("steps.endedAt")).doesNotContainNull().isSorted();
    assertThat(job.getList("steps.etaSeconds", Double.class)).containsOnly(0.0);
    assertThat(job.getList("steps.rate", Double.class)).allMatch(rate -> rate > 0);
    assertThat(job.getMap("").keySet())
        .contains("id", "state", "preparation", "steps", "quarantined", "error");
  }

  @Test
  void quarantinesEachRejectedInputWithItsReason() {
    List<Map<String, Object>> rows =
        found(asAdmin().get(DATASETS + "/dirty/quarantine")).jsonPath().getList("");
    List<DirtySample.Rejected> expected = prepared.sample().rejected();
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      DirtySample.Rejected row = expected.get(i);
      assertThat(rows.get(i))
          .containsOnlyKeys("kind", "source", "line", "text", "reason")
          .containsEntry("kind", row.kind())
          .containsEntry("source", row.source())
          .containsEntry("line", row.line())
          .containsEntry("text", row.text());
      assertThat(rows.get(i).get("reason").toString()).contains(row.reason());
    }
  }

  @Test
  void reportsWhatBecameOfEverything() {
    JsonPath report = found(asAdmin().get(DATASETS + "/dirty/report")).jsonPath();
    List<DirtySample.Rejected> rejected = prepared.sample().rejected();

    assertThat(report.getBoolean("complete")).isTrue();
    // 15 of 16 photos are described, by five captions each; one of these is empty once it is clean.
    assertThat(report.getInt("captions.kept")).isEqualTo(75);
    assertThat(report.getInt("captions.rejected")).isEqualTo(of(rejected, "caption"));
    assertThat(report.getInt("captions.rows")).isEqualTo(75 + of(rejected, "caption"));
    assertThat(report.getInt("captions.describedPhotos")).isEqualTo(15);
    assertThat(report.getInt("captions.withoutPhoto.count")).isEqualTo(2);
    assertThat(report.getList("captions.withoutPhoto.first"))
        .containsExactlyInAnyOrderElementsOf(prepared.sample().unusable());
    assertThat(report.getInt("photos.usable")).isEqualTo(14);
    assertThat(report.getInt("photos.rejected")).isEqualTo(of(rejected, "photo"));
    assertThat(report.getInt("photos.withoutCaptions.count")).isEqualTo(1);
    assertThat(report.getList("rejected.count", Integer.class).stream().mapToInt(n -> n).sum())
        .isEqualTo(rejected.size());
    assertThat(report.getMap("emptyAfterCleaning")).containsEntry(prepared.tutorial(), 1);
    assertThat(report.getMap("encodings"))
        .hasSize(4)
        .containsEntry(prepared.sample().files().captions().getFileName().toString(), "UTF-8");
  }

  private static int of(List<DirtySample.Rejected> rejected, String kind) {
    return (int) rejected.stream().filter(row -> row.kind().equals(kind)).count();
  }

  @Test
  void manifestHasTheFieldsOfItsContract() {
    JsonPath manifest = manifest(prepared.tutorial());
    assertThat(manifest.getMap("").keySet())
        .containsExactlyInAnyOrder(
            "id",
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
            "splits",
            "features",
            "notes",
            "provenance");
    assertThat(manifest.getMap("splits").keySet())
        .isEqualTo(java.util.Set.of("dev", "test", "train"));
    assertThat(manifest.getMap("splits.train").keySet())
        .containsExactlyInAnyOrder(
            "describedPhotos", "photos", "captions", "examples", "servableExamples");
    assertThat(manifest.getString("id")).isEqualTo(prepared.tutorial());
    assertThat(manifest.getString("dataset")).isEqualTo("dirty");
    assertThat(manifest.getString("recipe.captions")).isEqualTo("first");
  }

  @Test
  void manifestOfTheTutorialCountsWhatTheFilesHold() throws Exception {
    compare(prepared.tutorial(), PreparedSample.TUTORIAL_TEXT);
  }

  @Test
  void manifestOfARichRecipeCountsWhatTheFilesHold() throws Exception {
    compare(prepared.rich(), PreparedSample.RICH_TEXT);
  }

  private void compare(String preparation, ExpectedText.Choice choice) throws Exception {
    ExpectedText text = new ExpectedText(prepared.sample(), choice);
    JsonPath manifest = manifest(preparation);
    assertThat(figures(manifest, "")).isEqualTo(text.figures("all"));
    for (String split : SampleLayout.SPLITS) {
      assertThat(figures(manifest, "splits." + split + ".")).isEqualTo(text.figures(split));
    }
    assertThat(manifest.getInt("vocabularySize")).isEqualTo(text.words().size() + 1);
    assertThat(manifest.getInt("maxLength")).isEqualTo(text.maxLength());
    assertThat(manifest.getLong("emptyCaptions")).isEqualTo(text.emptyCaptions()).isPositive();
  }

  private static Figures figures(JsonPath manifest, String place) {
    return new Figures(
        manifest.getLong(place + "describedPhotos"),
        manifest.getLong(place + "photos"),
        manifest.getLong(place + "captions"),
        manifest.getLong(place + "examples"),
        manifest.getLong(place + "servableExamples"));
  }

  @Test
  void manifestTellsDescribedPhotosFromUsableOnes() {
    JsonPath manifest = manifest(prepared.tutorial());
    assertThat(manifest.getInt("describedPhotos")).isEqualTo(15);
    assertThat(manifest.getInt("photos")).isEqualTo(13);
    assertThat(manifest.getInt("examples")).isGreaterThan(manifest.getInt("servableExamples"));
    int inSplits =
        SampleLayout.SPLITS.stream()
            .mapToInt(split -> manifest.getInt("splits." + split + ".describedPhotos"))
            .sum();
    assertThat(inSplits).as("one photo is in no split").isEqualTo(14);
    assertThat(manifest.getList("notes", String.class))
        .anyMatch(note -> note.startsWith("2 of 15 described photos have no usable file"))
        .anyMatch(note -> note.contains("untrained weights"));
  }

  @Test
  void manifestSaysWhereItComesFrom() throws Exception {
    JsonPath manifest = manifest(prepared.tutorial());
    assertThat(manifest.getList("features")).hasSize(1);
    assertThat(manifest.getString("features[0].layer")).isEqualTo("avg");
    assertThat(manifest.getList("features[0].shape")).containsExactly(512);
    assertThat(manifest.getString("features[0].extractor")).isEqualTo("vgg16");
    assertThat(manifest.getString("features[0].weights")).isEqualTo("untrained");
    assertThat(manifest.getString("features[0].weightsSha256")).matches("[0-9a-f]{64}");
    assertThat(manifest.getString("features[0].precision")).isEqualTo("float32");
    assertThat(manifest.getString("features[0].stored")).isEqualTo("float32");
    SampleLayout files = prepared.sample().files();
    assertThat(manifest.getLong("provenance.job")).isEqualTo(prepared.job().getLong("id"));
    assertThat(manifest.getString("provenance.captionsSha256")).isEqualTo(sha(files.captions()));
    for (String split : SampleLayout.SPLITS) {
      assertThat(manifest.getString("provenance.splitsSha256." + split))
          .isEqualTo(sha(files.split(split)));
    }
  }

  private static String sha(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void vocabularyIsNumberedByCountFromOne() throws Exception {
    ExpectedText text = text();
    JsonNode vocabulary = json(PREPARATIONS + prepared.tutorial() + "/vocabulary");
    assertThat(names(vocabulary))
        .containsExactly("vocabularySize", "maxLength", "wordIndex", "counts");
    assertThat(vocabulary.get("vocabularySize").asInt()).isEqualTo(text.words().size() + 1);
    assertThat(vocabulary.get("maxLength").asInt()).isEqualTo(text.maxLength());
    assertThat(names(vocabulary.get("wordIndex"))).isEqualTo(text.words());
    assertThat(names(vocabulary.get("counts"))).isEqualTo(text.words());
    for (int i = 0; i < text.words().size(); i++) {
      String word = text.words().get(i);
      assertThat(vocabulary.get("wordIndex").get(word).asInt()).isEqualTo(i + 1);
      assertThat(vocabulary.get("counts").get(word).asLong()).isEqualTo(text.counts().get(word));
    }
  }

  @Test
  void tokenizerIsWhatKerasReads() throws Exception {
    ExpectedText text = text();
    JsonNode tokenizer = json(PREPARATIONS + prepared.tutorial() + "/tokenizer.json");
    assertThat(tokenizer.get("class_name").asText()).isEqualTo("Tokenizer");
    JsonNode config = tokenizer.get("config");
    assertThat(config.get("document_count").asInt()).isEqualTo(text.fitted());
    assertThat(config.get("oov_token").isNull()).isTrue();
    JsonNode wordIndex = inner(config, "word_index");
    JsonNode indexWord = inner(config, "index_word");
    assertThat(names(wordIndex)).isEqualTo(text.words());
    for (int i = 0; i < text.words().size(); i++) {
      String word = text.words().get(i);
      String index = String.valueOf(i + 1);
      assertThat(wordIndex.get(word).asInt()).isEqualTo(i + 1);
      assertThat(indexWord.get(index).asText()).isEqualTo(word);
      assertThat(inner(config, "word_counts").get(word).asLong())
          .isEqualTo(text.counts().get(word));
      assertThat(inner(config, "word_docs").get(word).asLong())
          .isEqualTo(text.captionsWith().get(word));
      assertThat(inner(config, "index_docs").get(index).asLong())
          .isEqualTo(text.captionsWith().get(word));
    }
  }

  private static JsonNode inner(JsonNode config, String name) throws Exception {
    assertThat(config.get(name).isTextual()).as("%s is JSON in a string", name).isTrue();
    return JSON.readTree(config.get(name).asText());
  }

  @Test
  void descriptionsAreLinesWithoutALastLineFeed() throws Exception {
    for (Map.Entry<String, ExpectedText.Choice> one :
        Map.of(
                prepared.tutorial(), PreparedSample.TUTORIAL_TEXT,
                prepared.rich(), PreparedSample.RICH_TEXT)
            .entrySet()) {
      Response response = found(asTrainer().get(PREPARATIONS + one.getKey() + "/descriptions.txt"));
      assertThat(response.contentType()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
      assertThat(response.asByteArray())
          .isEqualTo(
              new ExpectedText(prepared.sample(), one.getValue())
                  .descriptions()
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void listsPreparationsTheLastFirst() {
    Response all = found(asTrainer().get("/api/preparations"));
    List<String> ids = all.jsonPath().getList("id", String.class);
    assertThat(ids).contains(prepared.tutorial(), prepared.rich());
    assertThat(ids.indexOf(prepared.rich())).isLessThan(ids.indexOf(prepared.tutorial()));
    List<Map<String, Object>> manifests = all.jsonPath().getList("");
    assertThat(manifests).contains(manifest(prepared.tutorial()).getMap(""));
  }

  @Test
  void listsJobsTheLastFirst() {
    List<Integer> ids = found(asAdmin().get(JOBS)).jsonPath().getList("id");
    assertThat(ids).contains(prepared.job().getInt("id"));
    assertThat(ids).isSortedAccordingTo((a, b) -> b - a);
  }

  private ExpectedText text() throws Exception {
    return new ExpectedText(prepared.sample(), PreparedSample.TUTORIAL_TEXT);
  }

  private static JsonPath manifest(String id) {
    return found(asTrainer().get(PREPARATIONS + id)).jsonPath();
  }

  private static JsonNode json(String path) throws Exception {
    return JSON.readTree(Api.bytes(path));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
