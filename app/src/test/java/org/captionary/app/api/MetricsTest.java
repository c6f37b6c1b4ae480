package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.door.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a monitoring system reads. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
@Timeout(180)
class MetricsTest {

  private static final String METRICS = "/q/metrics";
  private static final String REQUESTS =
      "captionary_batch_requests_total{encoding=\"%s\",status=\"%s\"}";

  @TestHTTPResource URI address;

  private String id;
  private Map<String, Double> before;

  @BeforeEach
  void prepare() throws Exception {
    id = PreparedSample.get().tutorial();
    before = scraped();
  }

  @Test
  void eitherRoleMayReadThem() {
    assertThat(asTrainer().get(METRICS).statusCode()).isEqualTo(200);
    assertThat(asAdmin().get(METRICS).statusCode()).isEqualTo(200);
    assertThat(RestAssured.get(METRICS).contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void batchesAreCountedByEncodingAndStatus() throws Exception {
    String tag = found(asTrainer().get(batch(id, "0.npz"))).header("ETag");
    found(asTrainer().get(batch(id, "1.npz")));
    found(asTrainer().get(batch(id, "0.safetensors")));
    found(asTrainer().get(batch(id, "0")));
    asTrainer().header("If-None-Match", tag).get(batch(id, "0.npz"));
    asTrainer().get(batch(id, "99999.safetensors"));
    asTrainer().get(batch(id, "0.npz?split=nosuch"));
    asTrainer().get(batch(id, "0.npz?sise=7"));
    asTrainer().get(batch(id, "0.pickle"));
    RestAssured.get(batch(id, "0.npz"));

    awaitGrowth(REQUESTS.formatted("npz", 200), 2);
    awaitGrowth(REQUESTS.formatted("safetensors", 200), 1);
    awaitGrowth(REQUESTS.formatted("json", 200), 1);
    awaitGrowth(REQUESTS.formatted("npz", 304), 1);
    awaitGrowth(REQUESTS.formatted("safetensors", 404), 1);
    awaitGrowth(REQUESTS.formatted("npz", 400), 1);
    // The encoding is not looked at before the caller and the parameters' names.
    awaitGrowth(REQUESTS.formatted("none", 400), 2);
    awaitGrowth(REQUESTS.formatted("none", 401), 1);
  }

  @Test
  void bytesAreThoseOfBodies() throws Exception {
    int one = found(asTrainer().get(batch(id, "0.npz"))).asByteArray().length;
    int other = found(asTrainer().get(batch(id, "1.npz?photo=pixels"))).asByteArray().length;
    int json = found(asTrainer().get(batch(id, "1.json"))).asByteArray().length;
    asTrainer().head(batch(id, "0.npz"));
    asTrainer().get(batch(id, "99999.npz"));

    awaitGrowth("captionary_batch_body_bytes_total{encoding=\"npz\"}", one + other);
    awaitGrowth("captionary_batch_body_bytes_total{encoding=\"json\"}", json);
  }

  @Test
  void durationsFallIntoBucketsFromHalfAMillisecondToTenSeconds() throws Exception {
    found(asTrainer().get(batch(id, "0.safetensors")));
    asTrainer().get(batch(id, "99999.safetensors"));

    String histogram = "captionary_batch_duration_seconds_bucket{encoding=\"safetensors\",le=\"";
    awaitGrowth(histogram + "10.0\"}", 1);
    awaitGrowth("captionary_batch_duration_seconds_count{encoding=\"safetensors\"}", 1);
    List<Double> bounds =
        scraped().keySet().stream()
            .filter(name -> name.startsWith(histogram) && !name.contains("Inf"))
            .map(name -> Double.valueOf(name.substring(histogram.length(), name.length() - 2)))
            .sorted()
            .toList();
    assertThat(bounds).hasSize(14).startsWith(0.0005, 0.001, 0.002).endsWith(5.0, 10.0);
  }

  /** Its text is read in the background, so that more than one look-up may miss it. */
  @Test
  void whatIsKeptIsCounted() throws Exception {
    String path = batch(id, "0.npz?photos=4&layer=avg");
    found(asTrainer().get(path));
    before = scraped();
    found(asTrainer().get(path));

    awaitGrowth("captionary_kept_hits_total{what=\"photos\"}", 4);
    awaitGrowth("captionary_kept_misses_total{what=\"photos\"}", 0);
    assertThat(scraped().get("captionary_kept_bytes{what=\"photos\"}")).isGreaterThan(4 * 2_048);
    while (scraped().get("captionary_kept_bytes{what=\"texts\"}") == 0) {
      found(asTrainer().get(path));
    }
    before = scraped();
    found(asTrainer().get(path));
    awaitGrowth("captionary_kept_hits_total{what=\"texts\"}", 1);
    awaitGrowth("captionary_kept_misses_total{what=\"texts\"}", 0);
  }

  @Test
  void memoryOfBatchesUnderWayIsKnown() {
    assertThat(before.get("captionary_memory_refusals_total")).isNotNegative();
    assertThat(before.get("captionary_memory_taken_bytes")).isNotNegative();
    assertThat(before.get("captionary_memory_limit_bytes")).isGreaterThan(1 << 20);
  }

  @Test
  void anAnswerThatNobodyReadsToItsEndIsBrokenOff() throws Exception {
    String path = batch(id, "0.npz?photo=pixels&layout=expanded&size=65536");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String head = "GET %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n\r\n";
      byte[] request = head.formatted(path, TestTokens.TRAINER).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
    }
    awaitGrowth(REQUESTS.formatted("npz", "broken_off"), 1);
  }

  /** A label for each address that anyone may make up would fill the memory. */
  @Test
  void noLabelIsMadeUpByCallers() throws Exception {
    RestAssured.get("/made-up-by-strangers");
    RestAssured.given().request("MADEUPBYSTRANGERS", METRICS);
    asTrainer().request("MADEUP", METRICS);
    asTrainer().get("/made-up");
    asTrainer().get("/clients/made-up");
    asTrainer().get(Api.PREPARATIONS + "made-up/vocabulary");
    asTrainer().get(batch("made-up", "0.npz?made-up=made-up"));
    found(asTrainer().get(Api.PREPARATIONS + id));
    await(labels("uri"), uris -> uris.contains("/api/preparations/{id}"));

    assertThat(asTrainer().get(METRICS).asString().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("made-up", "madeup", id);
    Set<String> templates = Set.of("UNKNOWN", "NOT_FOUND", "root");
    assertThat(labels("uri").apply(scraped()))
        .allMatch(uri -> templates.contains(uri) || uri.matches("(/[a-z.-]+|/\\{[a-z]+})+"));
  }

  @Test
  void allOfOursSayWhatTheyAre() {
    String text = asTrainer().get(METRICS).asString();
    Set<String> named =
        text.lines()
            .filter(line -> line.startsWith("# TYPE captionary_"))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toSet());
    assertThat(named)
        .contains(
            "captionary_batch_requests",
            "captionary_batch_body_bytes",
            "captionary_batch_duration_seconds",
            "captionary_kept_bytes",
            "captionary_kept_hits",
            "captionary_memory_refusals");
    assertThat(named)
        .allMatch(
            name -> text.lines().anyMatch(line -> line.matches("# HELP " + name + " .{10,}")));
  }

  private void awaitGrowth(String name, double by) throws InterruptedException {
    double expected = before.getOrDefault(name, 0.0) + by;
    await(now -> now.getOrDefault(name, 0.0), value -> value == expected);
  }

  /** An answer is counted a moment after its reader has it. */
  private static <T> void await(Function<Map<String, Double>, T> read, Predicate<T> wanted)
      throws InterruptedException {
    while (!wanted.test(read.apply(scraped()))) {
      Thread.sleep(20);
    }
  }

  private static Function<Map<String, Double>, Set<String>> labels(String label) {
    return all ->
        all.keySet().stream()
            .filter(name -> name.contains("{") && name.contains(label + "=\""))
            .map(name -> name.replaceFirst(".*[{,]" + label + "=\"", "").replaceFirst("\".*", ""))
            .collect(Collectors.toSet());
  }

  /** By name and labels. */
  /** Whatever else ran before, a job of known photos adds what it does. */
  @Test
  void jobsAreCountedByWhatTheyDo() throws Exception {
    String forced =
        Api.ended(
                Api.idOf(
                    Api.post(
                        Api.JOBS,
                        Map.of(
                            "dataset",
                            PreparedSample.NAME,
                            "recipe",
                            Map.of("resize", "hamming", "exifOrientation", true),
                            "force",
                            true))))
            .getString("state");
    assertThat(forced).isEqualTo("SUCCEEDED");

    assertThat(added("captionary_photos_extracted_total")).isEqualTo(13);
    assertThat(added("captionary_chunk_duration_seconds_count{phase=\"publish\"}"))
        .isGreaterThanOrEqualTo(1);
    assertThat(added("captionary_jobs_ended_total{state=\"succeeded\"}")).isGreaterThanOrEqualTo(1);
    assertThat(scraped().get("captionary_queue_depth")).isGreaterThanOrEqualTo(0);
    assertThat(scraped().keySet())
        .anyMatch(name -> name.startsWith("captionary_inputs_rejected_total{kind=\"photo\""));
  }

  private double added(String name) {
    return scraped().getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
  }

  private static Map<String, Double> scraped() {
    Response response = found(asTrainer().get(METRICS));
    return response
        .asString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')).replaceFirst(",}$", "}"),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
  }
}
