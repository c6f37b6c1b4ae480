package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.as;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and where. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DoorTest {

  @Test
  void adminMayAll() {
    assertThat(asAdmin().get("/test-doors/admin").statusCode()).isEqualTo(200);
    assertThat(asAdmin().get("/test-doors/trainer").statusCode()).isEqualTo(200);
  }

  @Test
  void trainerMayTrain() {
    assertThat(asTrainer().get("/test-doors/trainer").statusCode()).isEqualTo(200);
    assertThat(asTrainer().get("/test-doors/admin").statusCode()).isEqualTo(403);
  }

  @Test
  void schemeIsCaseInsensitive() {
    Response response =
        RestAssured.given()
            .header("Authorization", "bearer " + TestTokens.ADMIN)
            .get("/test-doors/admin");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/test-doors/trainer",
        "/test-doors/trainer?unknown=1",
        "/test-doors/numbers/x",
        "/nowhere",
        "/pages",
        "/q/health",
        "/q/metrics"
      })
  void withoutATokenNothingElseIsSaid(String path) {
    challenged(RestAssured.get(path));
    challenged(as("not-a-token-of-the-tests").get(path));
    challenged(as("").get(path));
    challenged(RestAssured.given().header("Authorization", "Basic YTpi").get(path));
  }

  @Test
  void withoutATokenNoBodyIsRead() {
    Response response =
        RestAssured.given().contentType("text/plain").body("{").post("/test-doors/bodies");
    challenged(response);
  }

  private static void challenged(Response response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.jsonPath().getString("type"))
        .isEqualTo("urn:captionary:problem:unauthenticated");
  }

  @Test
  void endpointWithoutARoleIsClosedToAll() {
    assertThat(asAdmin().get("/test-doors/unannotated").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/live", "/q/health/ready"})
  void healthIsOpen(String path) {
    Response response = RestAssured.get(path);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    assertThat(response.jsonPath().getString("status")).isEqualTo("UP");
  }

  @Test
  void readyLooksAtDatabaseAndSchema() {
    assertThat(RestAssured.get("/q/health/ready").jsonPath().getList("checks.name", String.class))
        .contains("Database connections health check", "Database schema");
  }
}
