package org.captionary.app.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.door.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that goes wrong is said in one form. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ProblemsTest {

  @TestHTTPResource String address;

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/test-doors/nowhere", "/q/nowhere", "/api/nowhere"})
  void unknownPath(String path) {
    problem(asTrainer().get(path), ProblemType.NOT_FOUND);
  }

  @Test
  void aBodyThatFailsBeforeItIsSentIsAProblem() {
    Response response = asTrainer().get("/test-doors/torn?bytes=1000");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.jsonPath().getString("value")).isEqualTo("torn");
  }

  /** Whoever reads would take it for whole otherwise. */
  @Test
  void aBodyThatFailsLaterBreaksTheConnection() {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> asTrainer().get("/test-doors/torn?bytes=5000000").asByteArray())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void wrongMethod() {
    problem(asTrainer().delete("/test-doors/trainer"), ProblemType.METHOD_NOT_ALLOWED);
  }

  /** Also where no resource is asked: RFC 9110, section 15.5.6. */
  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "DELETE"})
  void wrongMethodNamesThoseThatAreAllowed(String method) {
    Response response = asTrainer().request(method, "/test-doors/trainer");
    problem(response, ProblemType.METHOD_NOT_ALLOWED);
    assertThat(response.header("Allow")).contains("GET");
  }

  @Test
  void unacceptableEncoding() {
    problem(asTrainer().accept("image/png").get("/test-doors/trainer"), ProblemType.NOT_ACCEPTABLE);
  }

  @Test
  void unreadableMediaType() {
    Response response = asTrainer().contentType("text/plain").body("x").post("/test-doors/bodies");
    problem(response, ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void bodyDeclaredBeyondTheLimit() {
    problem(post(" ".repeat((10 << 20) + 1)), ProblemType.TOO_LARGE);
  }

  @Test
  void bodyThatGrowsBeyondTheLimit() throws Exception {
    byte[] body = new byte[(10 << 20) + 1];
    Arrays.fill(body, (byte) ' ');
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "test-doors/bodies"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + TestTokens.TRAINER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains(ProblemType.TOO_LARGE.uri());
  }

  /** Nothing is out yet, so the answer is another one as a whole. */
  @Test
  void databaseThatGoesAwayBeforeTheAnswer() {
    Response response = asTrainer().get("/test-doors/cut-off?bytes=1000");
    problem(response, ProblemType.UNAVAILABLE);
    assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
  }

  @Test
  void anAnswerThatHasBegunIsNotMadeToLookWhole() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "test-doors/cut-off?bytes=3000000"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + TestTokens.TRAINER)
            .build();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void failureOfOursTellsItsNameAndNothingElse() {
    Response response = asTrainer().get("/test-doors/broken");
    JsonPath problem = problem(response, ProblemType.INTERNAL);
    assertThat(problem.getString("instance")).startsWith("urn:uuid:");
    assertThat(response.asString()).doesNotContain("secret", "Exception", "org.");
  }

  @Test
  void conflictNamesTheField() {
    JsonPath problem = problem(asTrainer().get("/test-doors/conflict"), ProblemType.CONFLICT);
    assertThat(problem.getString("field")).isEqualTo("name");
    assertThat(problem.getString("value")).isEqualTo("flickr");
  }

  @Test
  void problemComesWhateverIsAccepted() {
    problem(asTrainer().accept("text/html").get("/nowhere"), ProblemType.NOT_FOUND);
    problem(asTrainer().accept("application/x-npz").get("/test-doors/numbers/x"), 406);
  }

  @ParameterizedTest
  @CsvSource({
    "numbers/x, n, x",
    "numbers/9223372036854775808, n, 9223372036854775808",
    "parameters?size=many, size, many",
    "parameters?size=2147483648, size, 2147483648",
    "parameters?shuffle-by=photos, shuffle-by, photos",
    "parameters?seed=1.5, seed, 1.5",
    "parameters?exact=maybe, exact, maybe",
    "parameters?size=, size, ''"
  })
  void valueOfTheWrongKind(String path, String field, String value) {
    JsonPath problem = problem(asTrainer().get("/test-doors/" + path), ProblemType.BAD_FIELD);
    assertThat(problem.getString("field")).isEqualTo(field);
    assertThat(problem.getString("value")).isEqualTo(value);
    assertThat(problem.getList("allowed")).isNotEmpty();
  }

  @Test
  void valueThatOnlyItsConverterKnowsIsABadRequestToo() {
    problem(asTrainer().get("/test-doors/uuids/x"), ProblemType.BAD_FIELD);
  }

  @Test
  void unknownParameterIsRefusedByName() {
    Response response = asTrainer().get("/test-doors/parameters?sise=3");
    JsonPath problem = problem(response, ProblemType.UNKNOWN_FIELD);
    assertThat(problem.getString("field")).isEqualTo("sise");
    assertThat(problem.getString("value")).isEqualTo("3");
    assertThat(problem.getList("allowed", String.class))
        .containsExactly("exact", "seed", "shuffle-by", "size", "word");
  }

  @Test
  void repeatedSingleParameterIsRefused() {
    Response response = asTrainer().get("/test-doors/parameters?size=3&size=4");
    JsonPath problem = problem(response, ProblemType.REPEATED_FIELD);
    assertThat(problem.getString("field")).isEqualTo("size");
  }

  @Test
  void goodParametersPass() {
    Response response =
        asTrainer().get("/test-doors/parameters?size=3&shuffle-by=none&word=a&word=b&seed=-1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.path("seen").toString()).isEqualTo("3 none [a, b] Optional[-1] false");
  }

  @Test
  void longValuesAreShortened() {
    Response response = asTrainer().get("/test-doors/numbers/" + "7".repeat(1000));
    assertThat(problem(response, ProblemType.BAD_FIELD).getString("value")).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"captions\": 'first'}       | line 1, column",
        "{\"captions\": \"first\"      | line 1, column",
        "{\"limit\": 1} {\"limit\": 2} | line 1, column",
        "{\"limit\": 1,}               | line 1, column",
        "nonsense                      | line 1, column"
      })
  void malformedJsonIsPlaced(String body, String place) {
    JsonPath problem = problem(post(body), ProblemType.MALFORMED_JSON);
    assertThat(problem.getString("detail")).contains(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null"})
  void bodyThatIsNotThere(String body) {
    problem(post(body), ProblemType.MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"limit\": \"many\"}              | limit",
        "{\"limit\": \"7\"}                 | limit",
        "{\"limit\": 1.5}                   | limit",
        "{\"limit\": null}                  | limit",
        "{\"limit\": 99999999999}           | limit",
        "{\"captions\": 7}                  | captions",
        "{\"captions\": [\"first\"]}        | captions",
        "{\"startEnd\": \"yes\"}            | startEnd",
        "{\"shuffle\": \"photos\"}          | shuffle",
        "{\"shuffle\": 0}                   | shuffle",
        "{\"inner\": {\"numbers\": [1, \"x\"]}} | inner.numbers[1]",
        "{\"inner\": []}                    | inner"
      })
  void keyWithAWrongValueIsNamed(String body, String field) {
    Response response = post(body);
    JsonPath problem = problem(response, ProblemType.BAD_FIELD);
    assertThat(problem.getString("field")).isEqualTo(field);
    assertThat(response.asString()).doesNotContain("java", "org.", "`", "Deserial");
  }

  @Test
  void unknownKeyIsNamedWithTheKnownOnes() {
    JsonPath problem = problem(post("{\"limit\": 1, \"limits\": 1}"), ProblemType.UNKNOWN_FIELD);
    assertThat(problem.getString("field")).isEqualTo("limits");
    assertThat(problem.getList("allowed", String.class))
        .containsExactly("captions", "inner", "limit", "shuffle", "startEnd");
  }

  @Test
  void doubledKeyIsNamed() {
    JsonPath problem = problem(post("{\"limit\": 1, \"limit\": 2}"), ProblemType.REPEATED_FIELD);
    assertThat(problem.getString("field")).isEqualTo("limit");
  }

  @Test
  void valueThatTheRecordRefusesIsSaidInItsWords() {
    JsonPath problem = problem(post("{\"limit\": 101}"), ProblemType.BAD_FIELD);
    assertThat(problem.getString("detail")).isEqualTo("limit is 100 at most, not 101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "\"text\""})
  void bodyOfTheWrongKind(String body) {
    problem(post(body), ProblemType.BAD_FIELD);
  }

  @Test
  void goodBodyPasses() {
    Response response =
        post("{\"limit\": 7, \"shuffle\": \"none\", \"inner\": {\"numbers\": [1]}}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.path("limit").toString()).isEqualTo("7");
  }

  @Test
  void callerIsKnownBeforeParametersAreLookedAt() {
    RequestSpecification admin = asAdmin();
    problem(asTrainer().get("/test-doors/admin?unknown=1"), ProblemType.FORBIDDEN);
    problem(admin.get("/test-doors/admin?unknown=1"), ProblemType.UNKNOWN_FIELD);
  }

  private static Response post(String body) {
    return asTrainer().contentType("application/json").body(body).post("/test-doors/bodies");
  }

  private static JsonPath problem(Response response, ProblemType type) {
    JsonPath problem = problem(response, type.status());
    assertThat(problem.getString("type")).isEqualTo(type.uri());
    return problem;
  }

  private static JsonPath problem(Response response, int status) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.jsonPath().getInt("status")).isEqualTo(status);
    return response.jsonPath();
  }
}
