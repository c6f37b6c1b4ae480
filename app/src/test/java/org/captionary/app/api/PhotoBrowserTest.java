package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.DATASETS;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page asks for beyond what trainers do. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PhotoBrowserTest {

  private PreparedSample sample;
  private String base;

  @BeforeEach
  void prepare() throws Exception {
    sample = PreparedSample.get();
    base = PREPARATIONS + sample.rich();
  }

  private JsonPath photos(String query) {
    return found(asTrainer().get(base + "/photos" + query)).jsonPath();
  }

  @Test
  void pagesHoldEveryDescribedPhotoOnce() {
    JsonPath manifest = found(asTrainer().get(base)).jsonPath();
    List<String> ids = new ArrayList<>();
    long examples = 0;
    String from = "0";
    while (from != null) {
      JsonPath page = photos("?limit=5&from=" + from);
      ids.addAll(page.getList("photos.id"));
      examples += page.getLong("photos.examples.sum()");
      from = page.getString("next");
    }
    assertThat(ids).hasSize(manifest.getInt("describedPhotos")).isSorted().doesNotHaveDuplicates();
    assertThat(examples).isEqualTo(manifest.getLong("examples"));
  }

  @Test
  void captionsAreRawCleanAndEncoded() {
    String id = DirtySample.id(sample.sample().names().get(0));
    JsonPath page = photos("?limit=1&from=" + id);
    Map<String, Integer> index =
        found(asTrainer().get(base + "/vocabulary")).jsonPath().getMap("wordIndex");

    assertThat(page.getString("photos[0].id")).isEqualTo(id);
    String raw = page.getString("photos[0].captions[0].raw");
    List<String> tokens = page.getList("photos[0].captions[0].tokens");
    List<Integer> encoded = page.getList("photos[0].captions[0].encoded");
    assertThat(raw.toLowerCase(java.util.Locale.ROOT)).startsWith(tokens.get(0).substring(0, 1));
    assertThat(encoded.get(0)).isEqualTo(index.get("startseq"));
    assertThat(encoded).endsWith(index.get("endseq"));
  }

  @Test
  void fileIsThePhotosOwnAndFeaturesThoseOfTheWholeSet() throws Exception {
    String name = sample.sample().names().get(0);
    String photo = "?photo=" + DirtySample.id(name);
    Response file = found(asTrainer().get(base + "/photos/file" + photo));
    assertThat(file.contentType()).isEqualTo("image/jpeg");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.asByteArray())
        .isEqualTo(Files.readAllBytes(sample.sample().files().photo(name)));

    Response features =
        found(asTrainer().accept("application/x-npz").get(base + "/photos/features" + photo));
    assertThat(NpzFile.read(features.asByteArray()).get("avg").data())
        .isEqualTo(NpzFile.read(bytes(base + "/features.npz")).get(DirtySample.id(name)).data());
  }

  @Test
  void refusesWhatIsNotThere() {
    String unusable = sample.sample().unusable().iterator().next();
    String known = DirtySample.id(sample.sample().names().get(0));
    refused(asTrainer().get(base + "/photos?limit=101"), 400, "limit", "101");
    refused(asTrainer().get(base + "/photos?from=a.jpg"), 400, "from", "a.jpg");
    refused(asTrainer().get(base + "/photos/file?photo=nobody"), 404, "photo", "nobody");
    refused(asTrainer().get(base + "/photos/file?photo=" + unusable), 404, "photo", unusable);
    refused(asTrainer().get(base + "/photos/features?photo=" + unusable), 404, "photo", unusable);
    refused(asTrainer().get(base + "/photos/file"), 400, "photo", null);
    refused(
        asTrainer().get(base + "/photos/features?layer=fc9&photo=" + known), 400, "layer", "fc9");
    refused(asTrainer().get(PREPARATIONS + "0/photos"), 404, "preparation", "0");
  }

  @Test
  void lengthsAddUpToTheCaptionsAndTheExamples() {
    JsonPath manifest = found(asTrainer().get(base)).jsonPath();
    Response response = found(asTrainer().get(base + "/lengths"));
    long captions = 0;
    long examples = 0;
    for (Map<String, Integer> length : response.jsonPath().<Map<String, Integer>>getList("")) {
      captions += length.get("captions");
      examples += (long) length.get("captions") * Math.max(0, length.get("words") - 1);
    }
    assertThat(captions).isEqualTo(manifest.getLong("captions"));
    assertThat(examples).isEqualTo(manifest.getLong("examples"));
    asTrainer()
        .header("If-None-Match", response.header("ETag"))
        .get(base + "/lengths")
        .then()
        .statusCode(304);
  }

  @Test
  void quarantinedPhotosAreShownIfTheyArePhotosAtAll() {
    String base = DATASETS + "/" + PreparedSample.NAME + "/quarantine/photo";
    List<DirtySample.Rejected> rejected = sample.sample().rejected();
    String truncated =
        rejected.stream()
            .filter(r -> r.reason().equals("truncated JPEG"))
            .findFirst()
            .get()
            .source();
    assertThat(found(asAdmin().queryParam("source", truncated).get(base)).contentType())
        .isEqualTo("image/jpeg");
    for (String not :
        List.of("notes.txt", sample.sample().names().get(0), "../x.jpg", "/etc/passwd")) {
      refused(asAdmin().queryParam("source", not).get(base), 404, "photo", not);
    }
    refused(asAdmin().get(base), 400, "source", null);
    assertThat(asAdmin().queryParam("source", "a\0b").get(base).statusCode()).isEqualTo(400);
    assertThat(asTrainer().queryParam("source", truncated).get(base).statusCode()).isEqualTo(403);
  }
}
