package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends: nothing opens, and the service goes on answering. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HostileRequestsTest {

  private static final String TRAINER = "Authorization: Bearer " + TestTokens.TRAINER;

  @AfterEach
  void theServiceGoesOnAnswering() {
    assertThat(asTrainer().get("/api/token").statusCode()).isEqualTo(200);
  }

  private static String answer(String request) throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.say(request);
      return connection.hearAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/clients/../../../../etc/passwd",
        "/clients/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/clients/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/clients/..%5c..%5cetc%5cpasswd",
        "/clients/captionary.py%00.txt",
        "/clients//etc/passwd",
        "/clients/..;/application.properties",
        "/clients/application.properties",
        "/api/../application.properties",
        "/META-INF/MANIFEST.MF",
        "/application.properties",
        "/captionary-data/tokens/admin",
        "/..%252f..%252fetc%252fpasswd",
        "//etc/passwd",
        "/api/preparations/..%2f..%2f..%2fetc/vocabulary",
        "/api/datasets/..%2f..%2fetc%2fpasswd"
      })
  void noPathLeavesTheService(String path) throws IOException {
    for (String token : List.of("X-None: 1", TRAINER)) {
      String answer = answer(RawConnection.get(path, token));
      assertThat(answer).startsWith("HTTP/1.1 4");
      assertThat(answer).doesNotContain("root:").doesNotContain("captionary.admin-token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/../api/token", "/q/health/live/../../../api/token", "//api/token"})
  void noPathAroundTheDoor(String path) throws IOException {
    assertThat(answer(RawConnection.get(path))).startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/clients/..%2fapi%2ftoken", "/q/health/live;/api/token", "/API/TOKEN"})
  void noSpellingOpensTheDoor(String path) throws IOException {
    assertThat(answer(RawConnection.get(path))).startsWith("HTTP/1.1 4").doesNotContain("\"role\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/preparations/x%0d%0aSet-Cookie:%20a=b/vocabulary",
        "/api/datasets/x%0d%0aSet-Cookie:%20a=b",
        "/api/datasets?x%0d%0aSet-Cookie:%20a=b=1",
        "/clients/x%0d%0aSet-Cookie:%20a=b"
      })
  void noHeaderIsInjected(String path) throws IOException {
    String head = answer(RawConnection.get(path, TRAINER)).split("\r\n\r\n")[0];
    assertThat(head).startsWith("HTTP/1.1 4").doesNotContainIgnoringCase("set-cookie");
  }

  @Test
  void noHeaderIsInjectedByATokensName() {
    Response response =
        asAdmin()
            .contentType("application/json")
            .body(Map.of("name", "a\r\nSet-Cookie: a=b", "role", "trainer"))
            .post("/api/admin/tokens");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().hasHeaderWithName("Set-Cookie")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 10.0.0.1",
        "X-Original-URL: /clients/captionary.py",
        "X-Rewrite-URL: /clients/captionary.py",
        "X-HTTP-Method-Override: OPTIONS",
        "Authorization: Bearer",
        "Authorization: Bearer \u0000",
        "Authorization: Basic YWRtaW46YWRtaW4=",
        "Cookie: token=" + TestTokens.ADMIN
      })
  void noHeaderOpensTheDoor(String header) throws IOException {
    assertThat(answer(RawConnection.get("/api/admin/jobs", header))).startsWith("HTTP/1.1 4");
  }

  @Test
  void twoLengthsAreRefused() throws IOException {
    String smuggled =
        "POST /api/admin/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 50\r\n"
            + "Connection: close\r\n\r\nabcdGET /api/token HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(answer(smuggled)).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void lengthAndChunksTogetherHideNoRequest() throws IOException {
    String smuggled =
        "POST /api/admin/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/token HTTP/1.1\r\nHost: a\r\n"
            + TRAINER
            + "\r\nConnection: close\r\n\r\n";
    assertThat(answer(smuggled)).startsWith("HTTP/1.1 4").doesNotContain("\"role\"");
  }

  @Test
  void bodiesThatAreTooLargeAreRefusedBeforeTheyCome() throws IOException {
    for (String path : List.of("/api/datasets", "/api/photos/features", "/api/admin/tokens")) {
      String[] headers = {
        "Authorization: Bearer " + TestTokens.ADMIN,
        "Content-Type: application/json",
        "Content-Length: 1000000000000"
      };
      assertThat(answer(RawConnection.request("POST " + path, headers)))
          .startsWith("HTTP/1.1 413")
          .contains(":too-large");
    }
  }

  @Test
  void withoutATokenNotEvenTheLengthIsLookedAt() throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.say(RawConnection.request("POST /api/datasets", "Content-Length: 1000000000000"));
      assertThat(connection.hearStatus()).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws IOException {
    String large = RawConnection.get("/api/token", TRAINER, "X-Large: " + "x".repeat(100_000));
    try (RawConnection connection = new RawConnection()) {
      connection.say(large);
      assertThat(connection.hearStatus()).startsWith("HTTP/1.1 4");
    }
    assertThat(answer(RawConnection.get("/" + "x".repeat(10_000)))).startsWith("HTTP/1.0 414");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\r\n\r\n",
        "GET\r\n\r\n",
        "GET /api/token\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxxxxxxxxxxxx",
        "GET http://169.254.169.254/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "TRACE /api/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      })
  void whatIsNoRequestOpensNothing(String bytes) throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.say(bytes);
      if (bytes.contains("HTTP/1.1")) {
        assertThat(connection.hearStatus()).startsWith("HTTP/1.1 4");
      }
    }
  }

  @Test
  void connectionsThatSayNothingAreNoBurden() throws IOException {
    List<RawConnection> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        idle.add(new RawConnection());
        if (i % 2 == 0) {
          idle.get(i).say("GET /api/token HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        }
      }
      for (int i = 0; i < 50; i++) {
        assertThat(asTrainer().get("/api/token").statusCode()).isEqualTo(200);
      }
      assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);
    } finally {
      for (RawConnection connection : idle) {
        connection.close();
      }
    }
  }
}
