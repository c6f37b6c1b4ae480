package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.Role;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Who tries tokens is stopped, and nobody else. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class FailedSignInsTest {

  /** Of the loopback network, and used by no other test. */
  private static final String ATTACKER = "127.0.0.66";

  @Inject TokenRepository tokens;
  @Inject KeptTokens kept;

  @ConfigProperty(name = "captionary.sign-in.failures")
  int most;

  private static String answer(String from, String token) throws IOException {
    try (RawConnection connection = new RawConnection(from)) {
      connection.say(RawConnection.get("/api/token", "Authorization: Bearer " + token));
      return connection.hearAll();
    }
  }

  @Test
  void limitsTheAddressAndNoGoodTokenThatCannotBeGuessed() throws IOException {
    String made = made();
    for (int i = 0; i < most; i++) {
      assertThat(answer(ATTACKER, "wrong-token-" + i)).startsWith("HTTP/1.1 401");
    }
    limited(answer(ATTACKER, "wrong-token"));
    limited(answer(ATTACKER, KeptTokens.random()));
    // One that is short enough to be found by trying is not even looked at.
    limited(answer(ATTACKER, TestTokens.ADMIN));
    // One that nobody finds is.
    assertThat(answer(ATTACKER, made)).startsWith("HTTP/1.1 200");
    assertThat(answer("127.0.0.1", TestTokens.ADMIN)).startsWith("HTTP/1.1 200");
    assertThat(as("wrong-token").get("/api/token").statusCode()).isEqualTo(401);
    // Who comes without a token tries none.
    try (RawConnection connection = new RawConnection(ATTACKER)) {
      connection.say(RawConnection.get("/api/token"));
      assertThat(connection.hearStatus()).startsWith("HTTP/1.1 401");
    }
  }

  private static void limited(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 429").containsIgnoringCase("\r\nRetry-After: 60\r\n");
    JsonPath problem = JsonPath.from(answer.substring(answer.indexOf("\r\n\r\n")));
    assertThat(problem.getString("type")).isEqualTo("urn:captionary:problem:too-many-failures");
  }

  private String made() {
    String token = KeptTokens.random();
    tokens.add(
        new AccessToken(
            "t-" + UUID.randomUUID(),
            Role.TRAINER,
            Instant.now(),
            Optional.empty(),
            Optional.empty()),
        TokenHash.of(token));
    kept.forget();
    return token;
  }
}
