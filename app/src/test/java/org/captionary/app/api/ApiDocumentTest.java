package org.captionary.app.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.ApiDocument.list;
import static org.captionary.app.api.ApiDocument.map;
import static org.captionary.app.door.TestTokens.asAdmin;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.door.Endpoints;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.Problem;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.junit.jupiter.api.Test;

/** The API's description says what the service does. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ApiDocumentTest {

  /** What the framework serves; the fuzz asks these too. */
  private static final Set<String> FRAMEWORK =
      Set.of("GET /q/health/live", "GET /q/health/ready", "GET /q/metrics");

  private static final Map<String, Class<? extends Record>> VIEWS =
      Map.ofEntries(
          Map.entry("Problem", Problem.class),
          Map.entry("NewDataset", DatasetResource.DatasetBody.class),
          Map.entry("Dataset", DatasetResource.DatasetView.class),
          Map.entry("RejectedInput", DatasetResource.RejectedView.class),
          Map.entry("Report", ReportResource.ReportView.class),
          Map.entry("Judgement", JudgementResource.JudgementView.class),
          Map.entry("NewJob", JobResource.JobBody.class),
          Map.entry("Job", JobView.class),
          Map.entry("Failure", JobResource.FailureView.class),
          Map.entry("Manifest", Manifest.class),
          Map.entry("SplitFigures", Manifest.SplitView.class),
          Map.entry("Preview", PreviewView.class),
          Map.entry("Vocabulary", PreparationResource.VocabularyView.class),
          Map.entry("Decoded", DecodeResource.CaptionsView.class),
          Map.entry("NewScores", ScoreResource.ScoreBody.class),
          Map.entry("Scores", ScoreViews.ScoresView.class),
          Map.entry("ScoresSummary", ScoreViews.SummaryView.class),
          Map.entry("PeopleScores", ScoreViews.PeopleView.class),
          Map.entry("Agreement", ScoreViews.AgreementView.class),
          Map.entry("Tau", ScoreViews.TauView.class),
          Map.entry("Length", LengthResource.LengthView.class),
          Map.entry("Photos", PhotoView.PhotosView.class),
          Map.entry("Photo", PhotoView.class),
          Map.entry("PhotoCaption", PhotoView.CaptionView.class),
          Map.entry("NewToken", TokenAdminResource.TokenBody.class),
          Map.entry("MadeToken", TokenAdminResource.NewTokenView.class),
          Map.entry("Token", TokenAdminResource.TokenView.class),
          Map.entry("AuditEntry", AuditResource.EntryView.class));

  private final ApiDocument document = ApiDocument.read();

  @Test
  void everyRouteIsDescribedAndNoOther() {
    Set<String> routes = new TreeSet<>(Endpoints.all().keySet());
    routes.addAll(FRAMEWORK);
    assertThat(document.calls().keySet()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void whatIsForAdminsSaysSo() {
    Map<String, Boolean> said = new TreeMap<>();
    document.calls().forEach((name, call) -> said.put(name, isSaidToBeAdmins(call)));
    said.keySet().removeAll(FRAMEWORK);
    Map<String, Boolean> are = new TreeMap<>();
    Endpoints.all().forEach((name, role) -> are.put(name, role.equals(Roles.ADMIN)));
    assertThat(said).isEqualTo(are);
  }

  private static boolean isSaidToBeAdmins(Map<String, Object> call) {
    return String.valueOf(call.get("description")).startsWith("*Admin.*");
  }

  /** The service itself lists what it knows when it is asked for something else. */
  @Test
  void everyParameterIsDescribedAndNoOther() {
    for (String call : Endpoints.all().keySet()) {
      Set<String> described = document.parameters(call, "query");
      assertThat(known(call)).as(call).isEqualTo(described);
    }
  }

  private static Set<String> known(String call) {
    String[] parts = call.split(" ");
    String path = parts[1].replace("/jobs/{id}", "/jobs/1").replaceAll("[{}]", "");
    Response answer =
        asAdmin()
            .contentType(path.endsWith("/features") ? "image/png" : "application/json")
            .queryParam("nosuch", "1")
            .request(Method.valueOf(parts[0]), path);
    assertThat(answer.statusCode()).as(call).isEqualTo(400);
    JsonPath problem = answer.jsonPath();
    assertThat(problem.getString("field")).as(call).isEqualTo("nosuch");
    List<String> allowed = problem.getList("allowed");
    return allowed == null ? Set.of() : new TreeSet<>(allowed);
  }

  @Test
  void everyPathParameterIsDescribed() {
    for (String call : document.calls().keySet()) {
      Set<String> named =
          Pattern.compile("\\{(\\w+)\\}")
              .matcher(call)
              .results()
              .map(m -> m.group(1))
              .collect(Collectors.toSet());
      assertThat(document.parameters(call, "path")).as(call).isEqualTo(named);
    }
  }

  @Test
  void everyProblemTypeHasAnExampleAndNoOther() {
    Map<String, Object> examples = document.examples();
    for (ProblemType type : ProblemType.values()) {
      String name = type.uri().substring("urn:captionary:problem:".length());
      assertThat(map(examples.get(name)))
          .as(name)
          .containsEntry("type", type.uri())
          .containsEntry("title", type.problem().title())
          .containsEntry("status", type.status());
    }
    long problems =
        examples.values().stream().filter(value -> map(value).containsKey("type")).count();
    assertThat(problems).isEqualTo(ProblemType.values().length);
  }

  @Test
  void refusalsAreProblemsWithExamplesOfTheirStatus() {
    document
        .calls()
        .forEach(
            (name, call) ->
                document
                    .answers(call)
                    .forEach(
                        (status, answer) -> {
                          if (status.compareTo("400") >= 0 && !name.contains("/q/health/")) {
                            checkRefusal(name, status, answer);
                          }
                        }));
  }

  private void checkRefusal(String call, String status, Map<String, Object> answer) {
    Map<String, Object> content = map(answer.get("content"));
    assertThat(content.keySet()).as(call).containsExactly("application/problem+json");
    Map<String, Object> examples =
        map(map(content.get("application/problem+json")).get("examples"));
    assertThat(examples).as(call + " " + status).isNotEmpty();
    examples
        .values()
        .forEach(
            example ->
                assertThat(map(document.resolved(example).get("value")).get("status"))
                    .as(call)
                    .hasToString(status));
  }

  @Test
  void everyCallThatNeedsATokenSaysWhatHappensWithoutOne() {
    document
        .calls()
        .forEach(
            (name, call) -> {
              boolean open = call.containsKey("security");
              Set<String> statuses = document.answers(call).keySet();
              assertThat(statuses.contains("401")).as(name).isNotEqualTo(open);
              // After too many tokens that are none.
              assertThat(statuses.contains("429")).as(name).isNotEqualTo(open);
            });
  }

  @Test
  void everyCallWithABodySaysWhatHappensIfItComesTooSlowly() {
    document
        .calls()
        .forEach(
            (name, call) ->
                assertThat(document.answers(call).containsKey("408"))
                    .as(name)
                    .isEqualTo(call.containsKey("requestBody")));
  }

  @Test
  void everyJsonHasAnExample() {
    document
        .calls()
        .forEach(
            (name, call) -> {
              checkExample(name, map(call.get("requestBody")));
              document.answers(call).values().forEach(answer -> checkExample(name, answer));
            });
  }

  private static void checkExample(String call, Map<String, Object> of) {
    Object json = map(of.get("content")).get("application/json");
    if (json != null) {
      assertThat(map(map(json).get("examples"))).as(call).isNotEmpty();
    }
  }

  @Test
  void schemasHaveTheFieldsThatGoOverTheWire() {
    VIEWS.forEach(
        (name, view) -> {
          Set<String> fields =
              Arrays.stream(view.getRecordComponents())
                  .map(c -> c.getName())
                  .collect(Collectors.toSet());
          assertThat(properties(name).keySet()).as(name).isEqualTo(fields);
        });
    assertThat(properties("Recipe").keySet())
        .isEqualTo(RecipeFields.write(Recipe.TUTORIAL).keySet());
  }

  @Test
  void jobStatesAreThoseOfJobs() {
    List<String> states = Arrays.stream(JobState.values()).map(Enum::name).toList();
    assertThat(list(map(properties("Job").get("state")).get("enum"))).isEqualTo(states);
  }

  private Map<String, Object> properties(String schema) {
    return map(document.component("schemas", schema).get("properties"));
  }

  /** Page, description and all that the page loads come from the service, without a token. */
  @Test
  void thePageIsWholeAndOpen() {
    String page = open("/docs/index.html");
    List<String> loaded =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(loaded).hasSizeGreaterThan(3).allMatch(address -> address.startsWith("/"));
    loaded.forEach(ApiDocumentTest::open);
    assertThat(open("/docs/docs.js")).contains("/openapi.yaml");
    assertThat(open("/openapi.yaml")).startsWith("openapi: 3.1.0");
  }

  private static String open(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }
}
