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
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.evaluation.Evaluation;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.NamedScores;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.ScoreRequest;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Captions scored over HTTP; what the numbers must be is checked against pycocoevalcap. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ScoresTest {

  private static final String[] METRICS = {
    "bleu1", "bleu2", "bleu3", "bleu4", "rougeL", "ciderD", "meteorExactStem"
  };

  @Inject PreparationRepository preparations;
  @Inject ScoreRepository kept;

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
  void scoresSomePhotosOfASplit() {
    String photo = firstCaptions.keySet().iterator().next();
    Map<String, String> one = Map.of(photo, firstCaptions.get(photo));

    JsonPath some = found(score(Map.of("candidates", one, "partial", true))).jsonPath();

    assertThat(some.getInt("photos")).isEqualTo(1);
    assertThat(some.getDouble("corpus.ciderD")).isPositive();
    JsonPath all = found(score(body())).jsonPath();
    assertThat(some.getMap("perPhoto." + photo)).isEqualTo(all.getMap("perPhoto." + photo));
    assertThat(score(Map.of("candidates", one)).jsonPath().getString("value"))
        .startsWith("none of ");
    refused(score(Map.of("candidates", Map.of(), "partial", true)), 400, "candidates", "none");
  }

  @Test
  void keepsNoMoreThanItsBound() {
    PreparationKey key = preparations.byId(new PreparationId(preparation)).orElseThrow().key();
    List<String> names =
        IntStream.range(0, NamedScores.MAX_KEPT).mapToObj(number -> "many-" + number).toList();
    try {
      names.forEach(name -> keptDirectly(key, name));
      refused(score(body("name", "one-more")), 409, "name", "one-more");
    } finally {
      names.forEach(name -> kept.delete(key, name));
    }
  }

  /** The endpoint would take minutes for as many. */
  private void keptDirectly(PreparationKey key, String name) {
    kept.add(
        key,
        new NamedScores(
            name,
            new ScoreRequest(Split.ALL, References.RAW, Words.PTB),
            Instant.EPOCH,
            new Evaluation(Map.of(), new TreeMap<>())));
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

  /** The sample's judgements: see its generator. */
  @Test
  void tellsHowFarMetricsAgreeWithPeople() {
    refused(scores("/judgements"), 400, "judgements", "expert");
    refused(scores("/judgements?judgements=x"), 400, "judgements", "x");
    refused(scores("/judgements?split=nosuch"), 400, "split", "nosuch");
  }

  @Test
  void namesWhatIsWrongWithABody() {
    String photo = firstCaptions.keySet().iterator().next();
    String words = "word ".repeat(1_000_000);
    refused(
        score(Map.of("candidates", Map.of(photo, words), "partial", true)),
        400,
        "candidates." + photo,
        "5000000 characters");
    byte[] latin = "{\"candidates\": {\"x\": \"caf\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);
    Response answer =
        asTrainer()
            .contentType("application/json")
            .body(latin)
            .post(PREPARATIONS + preparation + "/scores");
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.jsonPath().getString("detail")).contains("UTF-8");
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
