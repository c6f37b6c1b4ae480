package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.post;
import static org.captionary.app.api.Api.refused;
import static org.captionary.app.door.TestTokens.as;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that admins make, and what the audit log says of it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class TokenAdminTest {

  private static final String TOKENS = "/api/admin/tokens";
  private static final String AUDIT = "/api/admin/audit";

  @Inject DataSource source;

  private static String uniqueName() {
    return "t-" + UUID.randomUUID();
  }

  private static Response made(Map<String, Object> body) {
    Response made = post(TOKENS, body);
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    return made;
  }

  private static JsonPath listed(String name) {
    Map<String, Object> token =
        asAdmin().get(TOKENS).jsonPath().<Map<String, Object>>getList("").stream()
            .filter(one -> one.get("name").equals(name))
            .findFirst()
            .orElseThrow();
    return JsonPath.from(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(token) + "");
  }

  private static int status(String token) {
    return as(token).get("/api/token").statusCode();
  }

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsRevoked() {
    String name = uniqueName();
    Response made = made(Map.of("name", name, "role", "trainer"));
    assertThat(made.header("Location")).endsWith(TOKENS + "/" + name);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    String token = made.jsonPath().getString("token");

    assertThat(as(token).get("/api/token").jsonPath().getString("role")).isEqualTo("trainer");
    assertThat(as(token).get(TOKENS).statusCode()).isEqualTo(403);
    assertThat(asAdmin().get(TOKENS).asString()).contains(name).doesNotContain(token);
    assertThat(listed(name).getString("state")).isEqualTo("usable");

    assertThat(asAdmin().delete(TOKENS + "/" + name).statusCode()).isEqualTo(204);
    assertThat(status(token)).isEqualTo(401);
    assertThat(listed(name).getString("state")).isEqualTo("revoked");
    assertThat(asAdmin().delete(TOKENS + "/" + name).statusCode()).isEqualTo(204);
  }

  @Test
  void severalAdminsMayBe() {
    String token =
        made(Map.of("name", uniqueName(), "role", "admin")).jsonPath().getString("token");
    assertThat(as(token).get(TOKENS).statusCode()).isEqualTo(200);
    assertThat(as(token).get("/api/token").jsonPath().getString("role")).isEqualTo("admin");
  }

  @Test
  void theDatabaseHoldsHashesAlone() throws SQLException {
    String name = uniqueName();
    String token = made(Map.of("name", name, "role", "trainer")).jsonPath().getString("token");
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT access_token::text, hash = sha256(convert_to(?, 'UTF8'))"
                    + " FROM access_token WHERE name = ?")) {
      statement.setString(1, token);
      statement.setString(2, name);
      ResultSet row = statement.executeQuery();
      row.next();
      assertThat(row.getString(1)).contains(name).doesNotContain(token.substring(4));
      assertThat(row.getBoolean(2)).isTrue();
    }
  }

  @Test
  void anExpiryIsKept() {
    String name = uniqueName();
    Response made =
        made(Map.of("name", name, "role", "trainer", "expiresAt", "2999-12-31T23:59:59+01:00"));
    assertThat(made.jsonPath().getString("expiresAt")).isEqualTo("2999-12-31T22:59:59Z");
    assertThat(listed(name).getString("expiresAt")).isEqualTo("2999-12-31T22:59:59Z");
    assertThat(status(made.jsonPath().getString("token"))).isEqualTo(200);
  }

  @Test
  void aNameIsGivenOnce() {
    String name = uniqueName();
    made(Map.of("name", name, "role", "trainer"));
    asAdmin().delete(TOKENS + "/" + name);
    refused(post(TOKENS, Map.of("name", name, "role", "admin")), 409, "name", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "admin", "a b", "../x", "a\u0000"})
  void badNamesAreRefused(String name) {
    refused(post(TOKENS, Map.of("name", name, "role", "trainer")), 400, "name", name);
  }

  @Test
  void badRolesAreRefused() {
    Response response = post(TOKENS, Map.of("name", uniqueName(), "role", "root"));
    assertThat(refused(response, 400, "role", "root").getList("allowed"))
        .isEqualTo(List.of("admin", "trainer"));
    refused(post(TOKENS, Map.of("name", uniqueName())), 400, "role", null);
    refused(post(TOKENS, Map.of("role", "admin")), 400, "name", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2001-01-01T00:00:00Z",
        "2999-01-01",
        "tomorrow",
        "+999999999-12-31T00:00:00Z"
      })
  void badExpiriesAreRefused(String expiry) {
    Map<String, Object> body = Map.of("name", uniqueName(), "role", "admin", "expiresAt", expiry);
    refused(post(TOKENS, body), 400, "expiresAt", expiry);
  }

  @Test
  void whatIsNotThereIsNotRevoked() {
    refused(asAdmin().delete(TOKENS + "/nobody"), 404, "token", "nobody");
  }

  private static List<Map<String, Object>> audited(String query) {
    return asAdmin().get(AUDIT + query).jsonPath().getList("");
  }

  private static List<Map<String, Object>> audited(String query, String target) {
    return audited(query).stream().filter(entry -> target.equals(entry.get("target"))).toList();
  }

  @Test
  void whatAdminsDoIsNoted() {
    String admin = uniqueName();
    String token = made(Map.of("name", admin, "role", "admin")).jsonPath().getString("token");
    assertThat(audited("?limit=1000", TOKENS + "/" + admin))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry)
                    .containsEntry("who", "admin")
                    .containsEntry("action", "POST /api/admin/tokens")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("outcome", 201)
                    .containsKeys("id", "at"));

    as(token).delete("/api/datasets/of-" + admin);
    as(token).get("/api/datasets");
    assertThat(audited("?limit=1000"))
        .filteredOn(entry -> entry.get("who").equals(admin))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry)
                    .containsEntry("action", "DELETE /api/datasets/{name}")
                    .containsEntry("target", "/api/datasets/of-" + admin)
                    .containsEntry("outcome", 404));
  }

  @Test
  void whatIsRefusedForItsBodyIsNoted() {
    String name = uniqueName();
    String token = made(Map.of("name", name, "role", "admin")).jsonPath().getString("token");
    as(token).contentType("application/json").body("{").post("/api/admin/jobs");
    assertThat(audited("?limit=1000"))
        .filteredOn(entry -> entry.get("who").equals(name))
        .extracting(entry -> entry.get("outcome"))
        .containsExactly(400);
  }

  @Test
  void whatATrainerWasRefusedIsNoted() throws InterruptedException {
    String name = uniqueName();
    asTrainer().delete("/api/datasets/" + name);
    List<Map<String, Object>> seen = List.of();
    while (seen.isEmpty()) {
      Thread.sleep(20);
      seen = audited("?limit=1000", "/api/datasets/" + name);
    }
    assertThat(seen.get(0)).containsEntry("who", "trainer").containsEntry("outcome", 403);
  }

  @Test
  void theLogIsReadPageByPage() {
    for (int i = 0; i < 3; i++) {
      made(Map.of("name", uniqueName(), "role", "trainer"));
    }
    Response page = asAdmin().get(AUDIT + "?limit=2");
    List<Integer> ids = page.jsonPath().getList("id");
    assertThat(ids).hasSize(2).isSortedAccordingTo((a, b) -> b - a);
    assertThat(page.header("Link"))
        .isEqualTo("<" + AUDIT + "?before=" + ids.get(1) + "&limit=2>; rel=\"next\"");
    assertThat(audited("?before=" + ids.get(1) + "&limit=1").get(0).get("id"))
        .isEqualTo(ids.get(1) - 1);
    assertThat(asAdmin().get(AUDIT + "?before=0").header("Link")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001"})
  void badLimitsAreRefused(String limit) {
    refused(asAdmin().get(AUDIT + "?limit=" + limit), 400, "limit", limit);
  }
}
