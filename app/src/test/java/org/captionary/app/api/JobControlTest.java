package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.JOBS;
import static org.captionary.app.api.Api.ended;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.api.Api.idOf;
import static org.captionary.app.api.Api.job;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.api.Api.submit;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs are held back, let go, given up and followed. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class JobControlTest {

  private PreparedSample prepared;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
  }

  /** One that decodes and extracts for some seconds. */
  private static long longJob() {
    return idOf(
        post(
            JOBS,
            Map.of(
                "dataset",
                PreparedSample.NAME,
                "recipe",
                Map.of("resize", "box", "features", "avg"),
                "force",
                true)));
  }

  private static Response ask(long job, String action) {
    return asAdmin().contentType("application/json").post(JOBS + "/" + job + "/" + action);
  }

  @Test
  void aPausedJobWaitsAndGoesOn() throws Exception {
    long id = longJob();

    assertThat(found(ask(id, "pause")).jsonPath().getString("state")).isEqualTo("PAUSED");
    assertThat(job(id).getString("endedAt")).isNull();
    refused(ask(id, "pause"), 409, null, null);

    assertThat(found(ask(id, "resume")).jsonPath().getString("state")).isEqualTo("RUNNING");
    assertThat(ended(id).getString("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void aCancelledJobHasEnded() {
    long id = longJob();

    JsonPath cancelled = found(ask(id, "cancel")).jsonPath();

    assertThat(cancelled.getString("state")).isEqualTo("CANCELLED");
    assertThat(cancelled.getString("endedAt")).isNotNull();
    for (String action : List.of("cancel", "pause", "resume", "retry")) {
      assertThat(ask(id, action).jsonPath().getString("detail"))
          .isEqualTo("cannot %s job %d: it is CANCELLED".formatted(action, id));
    }
  }

  @Test
  void aFailedJobCanBeTriedAgainAndGivenUp() throws Exception {
    long id =
        idOf(
            submit(
                PreparedSample.NAME,
                Map.of("startEnd", List.of("the", "endseq"), "features", "none")));
    assertThat(ended(id).getString("state")).isEqualTo("FAILED");

    found(ask(id, "retry"));

    assertThat(ended(id).getString("state")).isEqualTo("FAILED");
    assertThat(found(ask(id, "cancel")).jsonPath().getString("state")).isEqualTo("CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "pause", "resume", "retry"})
  void changesAreRefusedWhereTheyMakeNoSense(String action) {
    refused(ask(prepared.job().getLong("id"), action), 409, null, null);
    refused(ask(999_999_999, action), 404, "job", "999999999");
    assertThat(
            asTrainer()
                .contentType("application/json")
                .post(JOBS + "/" + prepared.job().getLong("id") + "/" + action)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aJobWithoutFailuresListsNone() {
    Response response = asAdmin().get(JOBS + "/" + prepared.job().getLong("id") + "/failures");

    assertThat(found(response).jsonPath().getList("")).isEmpty();
    refused(asAdmin().get(JOBS + "/999999999/failures"), 404, "job", "999999999");
  }

  @Test
  void tellsWhatEachNodeDid() {
    List<Map<String, Object>> features = prepared.job().getList("steps[4].nodes");

    assertThat(features).hasSize(1);
    assertThat(features.get(0)).containsKeys("node", "rate").containsEntry("done", 13);
  }

  @Test
  void followsAJobByServerSentEventsToItsEnd() {
    long id = longJob();

    Response events = asAdmin().accept("text/event-stream").get(JOBS + "/" + id + "/events");

    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.contentType()).startsWith("text/event-stream");
    List<JsonPath> views =
        events
            .asString()
            .lines()
            .filter(line -> line.startsWith("data:"))
            .map(line -> new JsonPath(line.substring("data:".length())))
            .toList();
    assertThat(views).hasSizeGreaterThan(1);
    assertThat(views).allSatisfy(view -> assertThat(view.getLong("id")).isEqualTo(id));
    assertThat(views.get(views.size() - 1).getString("state")).isEqualTo("SUCCEEDED");
    JsonPath last = views.get(views.size() - 1);
    assertThat(last.getString("steps[4].endedAt")).isNotNull();
    assertThat(last.getDouble("steps[4].rate")).isPositive();
    assertThat(last.getDouble("steps[4].nodes[0].rate")).isPositive();
    assertThat(last.getDouble("steps[4].etaSeconds")).isZero();
  }

  @Test
  void refusesToFollowWhatIsNotThere() {
    refused(
        asAdmin().accept("text/event-stream").get(JOBS + "/999999999/events"),
        404,
        "job",
        "999999999");
    assertThat(asTrainer().get(JOBS + "/1/events").statusCode()).isEqualTo(403);
  }
}
