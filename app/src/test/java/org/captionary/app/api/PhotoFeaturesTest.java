package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.door.TestTokens.asTrainer;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpyArray;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features of photos that are sent. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PhotoFeaturesTest {

  private static final String ADDRESS = "/api/photos/features";
  private static final String NPZ = "application/x-npz";

  private static byte[] photo(int number) throws Exception {
    DirtySample sample = PreparedSample.get().sample();
    return Files.readAllBytes(sample.files().photo(sample.names().get(number)));
  }

  private static Response post(byte[] file, String query) {
    return asTrainer().contentType("image/jpeg").body(file).post(ADDRESS + query);
  }

  @Test
  void areTheNumbersThatThePreparationHas() throws Exception {
    String id = PreparedSample.get().tutorial();
    Map<String, NpyArray> prepared =
        NpzFile.read(asTrainer().get(PREPARATIONS + id + "/features.npz").asByteArray());
    for (int number : new int[] {0, 1, 9}) {
      Response answer =
          asTrainer()
              .accept(NPZ)
              .contentType("image/jpeg")
              .body(photo(number))
              .post(ADDRESS + "?preparation=" + id);
      Map<String, NpyArray> sent = NpzFile.read(answer.asByteArray());
      assertThat(sent).containsOnlyKeys("avg");
      String photo = DirtySample.id(PreparedSample.get().sample().names().get(number));
      assertThat(sent.get("avg").data()).isEqualTo(prepared.get(photo).data());
      assertThat(sent.get("avg").shape()).containsExactly(512);
    }
  }

  @Test
  void areGivenForLayersByName() throws Exception {
    Response answer = post(photo(0), "?layers=block5_pool,avg&resize=bicubic&exifOrientation=true");
    answer.then().statusCode(200).body("avg", hasSize(512)).body("block5_pool", hasSize(7));
    assertThat(answer.header("Extractor")).startsWith("vgg16; weights=\"untrained\"; sha256=");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(post(photo(0), "").then().extract().jsonPath().getList("avg"))
        .hasSize(512)
        .isNotEqualTo(answer.jsonPath().getList("avg"));
  }

  @ParameterizedTest
  @CsvSource({
    "layers=fc3, layers, fc3",
    "'layers=avg,', layers, 'avg,'",
    "resize=cubic, resize, cubic",
    "exifOrientation=maybe, exifOrientation, maybe",
    "size=3, size, 3",
  })
  void areRefusedWithTheFieldAndTheValue(String query, String field, String value)
      throws Exception {
    post(photo(0), "?" + query)
        .then()
        .statusCode(400)
        .body("field", equalTo(field))
        .body("value", equalTo(value));
  }

  @Test
  void areThoseOfThePreparationOrByName() throws Exception {
    String id = PreparedSample.get().tutorial();
    post(photo(0), "?preparation=" + id + "&resize=nearest")
        .then()
        .statusCode(400)
        .body("field", equalTo("resize"));
    post(photo(0), "?preparation=" + id + "&layers=fc1")
        .then()
        .statusCode(400)
        .body("field", equalTo("layers"))
        .body("allowed", hasItem(containsString("some of avg")));
    post(photo(0), "?preparation=0123456789abcdef").then().statusCode(404);
  }

  @Test
  void areNotThereForAPreparationWithoutAny() throws Exception {
    PreparedSample.get();
    String without = Api.prepare(PreparedSample.NAME, Map.of("features", "none"));
    post(photo(0), "?preparation=" + without)
        .then()
        .statusCode(400)
        .body("field", equalTo("preparation"))
        .body("allowed", hasItem("a preparation that has features"));
  }

  @Test
  void needAPhoto() throws IOException {
    post("<html></html>".getBytes(UTF_8), "")
        .then()
        .statusCode(400)
        .body("field", equalTo("body"))
        .body("value", equalTo("13 bytes"))
        .body("allowed", hasItem(containsString("a photo's file; this one: ")));
    post(new byte[0], "").then().statusCode(400);
    post(new byte[11 << 20], "").then().statusCode(413);
  }

  @Test
  void needAToken() {
    RestAssured.given().body(new byte[] {1}).post(ADDRESS).then().statusCode(401);
  }
}
