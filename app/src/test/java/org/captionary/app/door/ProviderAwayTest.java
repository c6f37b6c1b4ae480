package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;

/** Whose token cannot be looked at, as the provider's keys are away, has not failed to sign in. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
@TestProfile(ProviderAwayTest.Away.class)
class ProviderAwayTest {

  private static final int MOST = 3;

  /** A provider where nobody listens. */
  public static final class Away implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "captionary.sign-in.failures", String.valueOf(MOST),
          "captionary.jwt.issuer", "https://127.0.0.1:1",
          "captionary.jwt.audience", "captionary",
          "captionary.jwt.key", "https://127.0.0.1:1/keys");
    }
  }

  @Test
  void isSaidAndNotCounted() {
    for (int i = 0; i <= MOST; i++) {
      Response response = as("a.b.c").get("/api/token");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.contentType()).isEqualTo("application/problem+json");
      assertThat(response.jsonPath().getString("type")).endsWith(":unavailable");
      assertThat(response.jsonPath().getString("detail")).contains("identity provider");
    }
    assertThat(as("wrong-token").get("/api/token").statusCode()).isEqualTo(401);
    assertThat(as(TestTokens.TRAINER).get("/api/token").statusCode()).isEqualTo(200);
  }
}
