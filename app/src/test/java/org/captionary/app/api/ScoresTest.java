package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.captionary.app.api.Api.PREPARATIONS;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Captions scored over HTTP; what the numbers must be is checked against pycocoevalcap. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ScoresTest {

  private static final String[] METRICS = {
    "bleu1", "bleu2", "bleu3", "bleu4", "rougeL", "ciderD", "meteorExactStem"
  };

  private String preparation;
  private Map<String, String> firstCaptions;

  @BeforeEach
  void prepare() throws Exception {
    preparation = PreparedSample.get().rich();
    firstCaptions = new TreeMap<>();
    found(asTrainer().get(PREPARATIONS + preparation + "/descriptions.txt"))
        .asString()
        .lines()
        .forEach(
            line ->
                firstCaptions.putIfAbsent(
                    line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
  }

  private Response score(Map<String, ?> body) {
    return asTrainer()
        .contentType("application/json")
        .body(body)
        .post(PREPARATIONS + preparation + "/scores");
  }

  private Response scores(String rest) {
    return asTrainer().get(PREPARATIONS + preparation + "/scores" + rest);
  }

  private Map<String, Object> body(Object... more) {
    Map<String, Object> body = new HashMap<>(Map.of("candidates", firstCaptions));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return body;
  }

  @Test
  void scoresTheCorpusAndEachPhoto() {
    JsonPath scores = found(score(body("references", "cleaned"))).jsonPath();

    assertThat(scores.getMap("corpus").keySet()).hasToString(List.of(METRICS).toString());
    assertThat(scores.getInt("photos")).isEqualTo(firstCaptions.size());
    assertThat(scores.getMap("perPhoto")).hasSize(firstCaptions.size());
    assertThat(scores.getDouble("corpus.bleu4")).isCloseTo(1, within(1e-3));
    assertThat(scores.getString("tokenizer")).isEqualTo("recipe");
    assertThat(scores.getString("references")).isEqualTo("cleaned");
    assertThat(scores.getString("split")).isEqualTo("all");
    assertThat(scores.getString("name")).isNull();
    JsonPath raw = found(score(body())).jsonPath();
    assertThat(raw.getString("tokenizer")).isEqualTo("ptb");
    assertThat(raw.getDouble("corpus.bleu4")).isBetween(0.1, 0.99);
  }

  @Test
  void keepsScoresUnderAName() {
    Response created = score(body("name", "epoch-3", "references", "cleaned"));
    assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    assertThat(created.header("Location")).endsWith(PREPARATIONS + preparation + "/scores/epoch-3");

    assertThat(found(scores("/epoch-3")).jsonPath().getMap(""))
        .isEqualTo(created.jsonPath().getMap(""));
    assertThat(found(scores("")).jsonPath().getList("name")).contains("epoch-3");
    JsonPath listed = found(scores("")).jsonPath();
    assertThat(listed.getMap("[0]").keySet()).doesNotContain("perPhoto").contains("corpus");
    refused(score(body("name", "epoch-3")), 409, "name", "epoch-3");

    String address = PREPARATIONS + preparation + "/scores/epoch-3";
    assertThat(asTrainer().delete(address).statusCode()).isEqualTo(204);
    refused(asTrainer().delete(address), 404, "scores", "epoch-3");
    refused(scores("/epoch-3"), 404, "scores", "epoch-3");
  }

  @Test
  void scoresPeople() {
    JsonPath people = found(scores("/people")).jsonPath();
    assertThat(people.getMap("corpus").keySet()).hasToString(List.of(METRICS).toString());
    assertThat(people.getList("rounds")).hasSizeGreaterThan(1);
    assertThat(people.getMap("perPhoto")).hasSize(people.getInt("photos"));
    refused(scores("/people?split=nosuch"), 400, "split", "nosuch");
    refused(scores("/people?x=1"), 400, "x", "1");
  }

  @Test
  void refusesWhatCannotBeScored() {
    refused(score(Map.of()), 400, "candidates", null);
    refused(score(body("split", "nosuch")), 400, "split", "nosuch");
    refused(score(body("split", "No Such")), 400, "split", "No Such");
    refused(score(body("references", "x")), 400, "references", "x");
    refused(score(body("tokenizer", "x")), 400, "tokenizer", "x");
    refused(score(body("tokenizer", "ptb", "references", "cleaned")), 400, "tokenizer", "ptb");
    refused(score(body("name", "people")), 400, "name", "people");
    refused(score(body("name", "a/b")), 400, "name", "a/b");
    refused(score(body("x", 1)), 400, "x", null);
    refused(score(Map.of("candidates", Map.of("zzz", "a dog"))), 400, "candidates", "zzz");
    Map<String, String> none = new HashMap<>();
    none.put(firstCaptions.keySet().iterator().next(), null);
    refused(
        score(Map.of("candidates", none)),
        400,
        "candidates." + none.keySet().iterator().next(),
        null);
    assertThat(score(Map.of("candidates", Map.of())).jsonPath().getString("value"))
        .startsWith("none of ");
    refused(asTrainer().get(PREPARATIONS + "nosuch/scores"), 404, "preparation", "nosuch");
  }
}
