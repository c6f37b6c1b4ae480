package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer tells a browser. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SecurityHeadersTest {

  private static void hasHeaders(Response response, String policy) {
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(response.headers().getValues("Content-Security-Policy")).containsExactly(policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs/index.html",
        "/openapi.yaml",
        "/nowhere",
        "/clients/captionary.py",
        "/q/health/ready",
        "/q/metrics"
      })
  void thePageLivesUnderAStrictPolicy(String path) {
    hasHeaders(RestAssured.get(path), SecurityHeaders.PAGE_POLICY);
    hasHeaders(asTrainer().get(path), SecurityHeaders.PAGE_POLICY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/token", "/api/preparations/nothing", "/api/nowhere"})
  void dataAreNoPage(String path) {
    hasHeaders(RestAssured.get(path), SecurityHeaders.DATA_POLICY);
    hasHeaders(asTrainer().get(path), SecurityHeaders.DATA_POLICY);
  }

  @Test
  void theFailureOfTheServiceHasThemToo() {
    hasHeaders(asTrainer().get("/test-doors/broken"), SecurityHeaders.PAGE_POLICY);
    hasHeaders(
        asTrainer().contentType("application/json").body("{").post("/api/photos/features"),
        SecurityHeaders.DATA_POLICY);
  }

  @Test
  void withoutTlsNobodyIsHeldToIt() {
    assertThat(RestAssured.get("/").header("Strict-Transport-Security")).isNull();
  }
}
