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
import java.util.List;
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

  /** Of which {@code avg} is longer than VGG's. */
  @Test
  void areThoseOfThePreparationsNetwork() throws Exception {
    PreparedSample.get();
    String id = Api.prepare(PreparedSample.NAME, Map.of("extractor", "resnet50"));
    asTrainer()
        .get(PREPARATIONS + id)
        .then()
        .body("recipe.extractor", equalTo("resnet50"))
        .body("features", hasSize(1))
        .body("features[0].layer", equalTo("avg"))
        .body("features[0].shape", equalTo(List.of(2048)))
        .body("features[0].extractor", equalTo("resnet50"))
        .body("features[0].weights", equalTo("untrained"));
    Response sent =
        asTrainer()
            .accept(NPZ)
            .contentType("image/jpeg")
            .body(photo(0))
            .post(ADDRESS + "?preparation=" + id);
    assertThat(sent.header("Extractor")).startsWith("resnet50; weights=\"untrained\"; sha256=");
    NpyArray avg = NpzFile.read(sent.asByteArray()).get("avg");
    assertThat(avg.shape()).containsExactly(2048);
    byte[] all = asTrainer().get(PREPARATIONS + id + "/features.npz?layer=avg").asByteArray();
    String photo = DirtySample.id(PreparedSample.get().sample().names().get(0));
    assertThat(avg.data()).isEqualTo(NpzFile.read(all).get(photo).data());
    Response batch = asTrainer().accept(NPZ).get(PREPARATIONS + id + "/batches/0?layer=avg");
    assertThat(NpzFile.read(batch.asByteArray()).get("photos").shape().get(1)).isEqualTo(2048);
    post(photo(0), "?preparation=" + id + "&extractor=resnet50")
        .then()
        .statusCode(400)
        .body("field", equalTo("extractor"));
    post(photo(0), "?extractor=resnet50&layers=conv5_block3_out")
        .then()
        .statusCode(200)
        .body("conv5_block3_out[0][0]", hasSize(2048));
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
    "extractor=vgg, extractor, vgg",
    "extractor=resnet50&layers=fc1, layers, fc1",
    "layers=conv5_block3_out, layers, conv5_block3_out",
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
