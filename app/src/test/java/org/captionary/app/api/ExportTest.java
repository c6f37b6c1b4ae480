package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.door.TestTokens.asTrainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whole preparations as files of other tools. deploy/checks/check_export.py has these read them.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ExportTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PreparedSample sample;
  private String base;

  @BeforeEach
  void prepare() throws Exception {
    sample = PreparedSample.get();
    base = PREPARATIONS + sample.rich();
  }

  private static Map<String, byte[]> members(byte[] tar) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8");
    for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      assertThat(members.put(entry.getName(), in.readAllBytes())).as(entry.getName()).isNull();
    }
    return members;
  }

  /** Of a file that is no UTF-8 further down. */
  private static String rowOf(String key, Path file) throws IOException {
    return Files.readString(file, ISO_8859_1)
        .lines()
        .filter(row -> row.startsWith(key + "\t"))
        .findFirst()
        .orElseThrow();
  }

  private static String json(String photo) {
    return photo + ".json";
  }

  @Test
  void tarHoldsCaptionsTokensAndFeaturesOfEveryPhoto() throws Exception {
    Map<String, byte[]> members = members(bytes(base + "/export.tar"));
    JsonPath manifest = asTrainer().get(base).jsonPath();

    List<String> documents = members.keySet().stream().filter(n -> n.endsWith(".json")).toList();
    assertThat(documents).hasSize(manifest.getInt("describedPhotos")).isSorted();
    int captions = 0;
    long examples = 0;
    for (String name : documents) {
      JsonNode document = MAPPER.readTree(members.get(name));
      assertThat(json(document.get("id").asText())).isEqualTo(name);
      assertThat(document.get("photo").isNull()).isTrue();
      assertThat(document.get("tokens")).hasSameSizeAs(document.get("captions"));
      assertThat(document.get("encoded")).hasSameSizeAs(document.get("captions"));
      captions += document.get("captions").size();
      for (JsonNode encoded : document.get("encoded")) {
        examples += Math.max(0, encoded.size() - 1);
      }
    }
    assertThat(captions).isEqualTo(manifest.getInt("captions"));
    assertThat(examples).isEqualTo(manifest.getLong("examples"));
    var features = NpzFile.read(bytes(base + "/features.npz"));
    assertThat(members.keySet().stream().filter(n -> n.endsWith(".avg.npy")))
        .hasSize(features.size());
    features.forEach(
        (photo, array) -> assertThat(members.get(photo + ".avg.npy")).endsWith(array.data()));
  }

  @Test
  void tarHoldsTheCaptionsAsTheyStand() throws Exception {
    Map<String, byte[]> members = members(bytes(base + "/export.tar"));
    String name = sample.sample().names().get(0);
    String row = rowOf(name + "#0", sample.sample().files().captions());

    JsonNode document = MAPPER.readTree(members.get(json(DirtySample.id(name))));
    assertThat(document.get("captions").get(0).asText())
        .isEqualTo(row.substring(row.indexOf('\t') + 1));
  }

  @Test
  void tarComesBackAsADatasetOfTheSameFigures() throws Exception {
    Path shard = Files.createDirectories(SampleLayout.ROOT.resolve("back")).resolve("back.tar");
    byte[] tar = bytes(base + "/export.tar?photos=original");
    Files.write(shard, tar);
    Api.post(Api.DATASETS, Map.of("name", "back", "photos", shard.toString()))
        .then()
        .statusCode(201);
    String back = Api.prepare("back", PreparedSample.RICH);

    Map<String, Object> ours = asTrainer().get(base).jsonPath().getMap("");
    Map<String, Object> theirs = asTrainer().get(PREPARATIONS + back).jsonPath().getMap("");
    for (String figure :
        List.of(
            "describedPhotos",
            "photos",
            "captions",
            "emptyCaptions",
            "vocabularySize",
            "maxLength",
            "examples",
            "servableExamples",
            "splits",
            "features")) {
      assertThat(theirs.get(figure)).as(figure).isEqualTo(ours.get(figure));
    }
    assertThat(NpzFile.read(bytes(PREPARATIONS + back + "/features.npz")))
        .usingRecursiveComparison()
        .isEqualTo(NpzFile.read(bytes(base + "/features.npz")));
  }

  @Test
  void exportsWithoutPhotosNeverChangeAndSaySo() {
    for (String name : List.of("/export.tar", "/export.arrows")) {
      var response = Api.found(asTrainer().get(base + name));
      assertThat(response.header("Cache-Control")).contains("immutable");
      assertThat(bytes(base + name)).isEqualTo(response.asByteArray());
      asTrainer()
          .header("If-None-Match", response.header("ETag"))
          .get(base + name)
          .then()
          .statusCode(304);
    }
    var withPhotos = Api.found(asTrainer().get(base + "/export.tar?photos=original"));
    assertThat(withPhotos.header("Cache-Control")).contains("no-store");
    assertThat(withPhotos.header("ETag")).isNull();
    Api.refused(asTrainer().get(base + "/export.tar?photos=all"), 400, "photos", "all");
  }

  @Test
  void arrowsAreAStream() {
    byte[] stream = bytes(base + "/export.arrows");
    assertThat(stream).startsWith(-1, -1, -1, -1);
    assertThat(stream).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
    assertThat(asTrainer().get(base + "/export.arrows").contentType())
        .isEqualTo("application/vnd.apache.arrow.stream");
  }
}
