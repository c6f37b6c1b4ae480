package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong with a batch's address, alone. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BatchRefusalTest {

  private PreparedSample prepared;
  private String id;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
    id = prepared.tutorial();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "model   | caption   | word, sequence",
        "model   | ''        | a value that is not empty",
        "split   | nosuch    | all, dev, test, train",
        "split   | Train     | all, or the name of a split",
        "split   | ''        | a value that is not empty",
        "photo   | feature   | features, pixels, none, index",
        "photo   | FEATURES  | features, pixels, none, index",
        "layer   | fc9       | block5_pool, avg, fc1, fc2, conv5_block3_out",
        "layer   | fc1       | avg",
        "size    | 0         | a whole number from 1 to 65536",
        "size    | -1        | a whole number from 1 to 65536",
        "size    | 65537     | a whole number from 1 to 65536",
        "size    | 1.5       | a whole number from 1 to 65536",
        "size    | +5        | a whole number from 1 to 65536",
        "size    | \u0663   | a whole number from 1 to 65536",
        "size    | many      | a whole number from 1 to 65536",
        "size    | ''        | a value that is not empty",
        "size    | 99999999999999 | a whole number from 1 to 65536",
        "photos  | 0         | a whole number from 1 to 4096",
        "photos  | 4097      | a whole number from 1 to 4096",
        "photos  | few       | a whole number from 1 to 4096",
        "target  | hot       | index, onehot",
        "layout  | wide      | compact, expanded",
        "shuffle | random    | none, captions, examples",
        "seed    | 1.0       | a whole number from -9223372036854775808 to 9223372036854775807",
        "seed    | +1        | a whole number from -9223372036854775808 to 9223372036854775807",
        "seed    | 9223372036854775808 | a whole number from -9223372036854775808 to 9223372036854775807",
        "epoch   | -1        | a whole number from 0 to 9223372036854775807",
        "epoch   | first     | a whole number from 0 to 9223372036854775807",
        "epoch   | \u0663   | a whole number from 0 to 9223372036854775807"
      })
  void aParameterWithAWrongValue(String field, String value, String allowed) {
    JsonPath problem =
        refused(
            asTrainer()
                .urlEncodingEnabled(false)
                .get(batch(id, "0.npz?" + field + "=" + encoded(value))),
            400,
            field,
            value);
    assertThat(problem.getString("type")).isEqualTo("urn:captionary:problem:bad-field");
    assertThat(String.join(", ", problem.getList("allowed", String.class))).isEqualTo(allowed);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void anotherStateThanTheOneAskedFor() {
    Response response = asTrainer().header("If-Match", "\"other\"").get(batch(id, "0.npz"));

    assertThat(response.statusCode()).isEqualTo(412);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.header("Cache-Control")).isNull();
  }

  @Test
  void fewValuesAreAListOfThem() {
    JsonPath problem =
        refused(asTrainer().get(batch(id, "0?split=nosuch")), 400, "split", "nosuch");
    assertThat(problem.getList("allowed")).containsExactly("all", "dev", "test", "train");
  }

  @Test
  void sizeAndPhotosTogether() {
    refused(asTrainer().get(batch(id, "0?size=3&photos=2")), 400, "photos", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.zip", "1.NPZ", "1.npz.json", "1.", "+1", "0x1", "00", "01"})
  void aNumberThatIsNone(String name) {
    JsonPath problem = refused(asTrainer().get(batch(id, name)), 400, "n", name);
    assertThat(problem.getList("allowed", String.class).get(0)).contains(".npz", ".json");
  }

  @ParameterizedTest
  @CsvSource({"epochs, 0", "Seed, 1", "batch, 2", "Size, 3"})
  void aParameterThatIsNotKnown(String field, String value) {
    JsonPath problem =
        refused(asTrainer().get(batch(id, "0?" + field + "=" + value)), 400, field, value);
    assertThat(problem.getString("type")).isEqualTo("urn:captionary:problem:unknown-field");
    assertThat(problem.getList("allowed", String.class))
        .containsExactly(
            "epoch", "layer", "layout", "model", "photo", "photos", "seed", "shuffle", "size",
            "split", "target");
  }

  @Test
  void aParameterTwice() {
    JsonPath problem = refused(asTrainer().get(batch(id, "0?size=3&size=4")), 400, "size", "3, 4");
    assertThat(problem.getString("type")).isEqualTo("urn:captionary:problem:repeated-field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".npz", ".json"})
  void aNumberPastTheEnd(String suffix) {
    String query = suffix + "?size=65536";
    assertThat(asTrainer().get(batch(id, "0" + query)).statusCode()).isEqualTo(200);
    refused(asTrainer().get(batch(id, "1" + query)), 404, "batch", "1");
    refused(
        asTrainer().get(batch(id, "999999999999999999" + query)),
        404,
        "batch",
        "999999999999999999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef", "nosuch", "0123456789ABCDEF"})
  void aPreparationThatIsNot(String unknown) {
    for (String path : List.of("", "/vocabulary", "/tokenizer.json", "/batches/0")) {
      refused(asTrainer().get(Api.PREPARATIONS + unknown + path), 404, "preparation", unknown);
    }
    refused(
        asTrainer().get(Api.PREPARATIONS + unknown + "/descriptions.txt"),
        404,
        "preparation",
        unknown);
  }

  @Test
  void featuresOfAPreparationWithoutAny() throws Exception {
    String bare = Api.prepare(PreparedSample.NAME, java.util.Map.of("features", "none"));
    JsonPath problem = refused(asTrainer().get(batch(bare, 0)), 400, "photo", "features");
    assertThat(problem.getList("allowed")).containsExactly("pixels", "none");
    assertThat(Api.bytes(batch(bare, "0.npz?photo=none")))
        .isEqualTo(Api.bytes(batch(id, "0.npz?photo=none")));
    assertThat(Api.bytes(batch(bare, "0.npz?photo=pixels&size=3")))
        .isEqualTo(Api.bytes(batch(id, "0.npz?photo=pixels&size=3")));
    JsonPath manifest = asTrainer().get(Api.PREPARATIONS + bare).jsonPath();
    assertThat(manifest.getList("features")).isEmpty();
    assertThat(manifest.getString("recipe.features")).isEqualTo("none");
  }
}
