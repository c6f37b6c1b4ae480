package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpyIntegersTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sequences made captions again over HTTP. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DecodeTest {

  private PreparedSample prepared;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
  }

  private static Response decode(String preparation, Object body) {
    return asTrainer()
        .contentType("application/json")
        .body(body)
        .post(PREPARATIONS + preparation + "/decode");
  }

  private Response decodeNpz(byte[] npz) {
    return asTrainer()
        .contentType("application/x-npz")
        .body(npz)
        .post(PREPARATIONS + prepared.rich() + "/decode");
  }

  /** The captions fitted on, as model {@code sequence} has them, give the descriptions again. */
  @Test
  void givesTheDescriptionsAgain() {
    String batch =
        Api.batch(prepared.rich(), "0.json") + "?model=sequence&photo=none&size=1000&split=train";
    List<List<Integer>> sequences = found(asTrainer().get(batch)).jsonPath().getList("targets");

    List<String> captions =
        found(decode(prepared.rich(), Map.of("sequences", sequences))).jsonPath().get("captions");

    String text =
        found(asTrainer().get(PREPARATIONS + prepared.rich() + "/descriptions.txt")).asString();
    assertThat(captions).hasSameSizeAs(sequences).isNotEmpty();
    assertThat(text.lines().map(DecodeTest::after)).containsAll(captions);
  }

  private static String after(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  private JsonPath vocabulary() {
    return found(asTrainer().get(PREPARATIONS + prepared.rich() + "/vocabulary")).jsonPath();
  }

  @Test
  void stopsAtTheEndWordAndReportsUnknownIndices() {
    JsonPath vocabulary = vocabulary();
    int start = vocabulary.getInt("wordIndex.startseq");
    int end = vocabulary.getInt("wordIndex.endseq");
    int size = vocabulary.getInt("vocabularySize");
    String word = vocabulary.getMap("wordIndex").keySet().toArray()[5].toString();

    JsonPath answer =
        found(
                decode(
                    prepared.rich(),
                    Map.of(
                        "sequences",
                        List.of(List.of(0, start, 6, size, -3, 6, end, 6), List.of()))))
            .jsonPath();

    assertThat(answer.getList("captions")).containsExactly(word + " " + word, "");
    assertThat(answer.getList("unknown"))
        .containsExactly(
            Map.of("sequence", 0, "position", 3, "value", size),
            Map.of("sequence", 0, "position", 4, "value", -3));
  }

  @Test
  void takesAnNpz() throws IOException {
    byte[] npz = NpyIntegersTest.npz(NpyIntegersTest.npy("|i1", "(2, 2)", 6, 7, 7, 0));
    JsonPath json =
        found(decode(prepared.rich(), Map.of("sequences", List.of(List.of(6, 7), List.of(7)))))
            .jsonPath();

    JsonPath answer = found(decodeNpz(npz)).jsonPath();

    assertThat(answer.getMap("")).isEqualTo(json.getMap(""));
    assertThat(answer.getList("captions")).hasSize(2);
    refused(decodeNpz(new byte[] {1}), 400, "sequences", "no .npz");
  }

  @Test
  void refusesWhatIsNoListOfSequences() {
    String rich = prepared.rich();
    refused(decode(rich, Map.of()), 400, "sequences", null);
    refused(decode(rich, "{\"sequences\": [[1], null]}"), 400, "sequences[1]", null);
    refused(decode(rich, Map.of("sequences", List.of(1))), 400, "sequences[0]", null);
    for (String number : List.of("1.5", "null", "\"1\"", "99999999999999999999")) {
      JsonPath problem = decode(rich, "{\"sequences\": [[" + number + "]]}").jsonPath();
      assertThat(problem.getInt("status")).as(number).isEqualTo(400);
      assertThat(problem.getString("field")).as(number).isEqualTo("sequences[0][0]");
    }
    refused(decode(rich, Map.of("sequences", List.of(), "x", 1)), 400, "x", null);
    refused(
        decode(rich, Map.of("sequences", List.of(Collections.nCopies(4_097, 1)))),
        400,
        "sequences[0]",
        "4097 numbers");
    refused(
        decode(rich, Map.of("sequences", Collections.nCopies(65_537, List.of()))),
        400,
        "sequences",
        "65537 sequences");
    refused(decode("nosuch", Map.of("sequences", List.of())), 404, "preparation", "nosuch");
    assertThat(
            asTrainer()
                .contentType("text/plain")
                .body("x")
                .post(PREPARATIONS + rich + "/decode")
                .statusCode())
        .isEqualTo(415);
  }
}
