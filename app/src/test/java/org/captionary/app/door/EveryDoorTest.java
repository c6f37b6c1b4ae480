package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.as;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.access.AccessToken;
import org.captionary.domain.access.Role;
import org.captionary.domain.access.TokenHash;
import org.captionary.domain.access.TokenRepository;
import org.junit.jupiter.api.Test;

/** Each endpoint, tried with what must not open it. A new one fails here until it is decided on. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class EveryDoorTest {

  private static final String ADMIN = Roles.ADMIN;
  private static final String TRAINER = Roles.TRAINER;

  /** Who may what: the decisions. */
  private static final SortedMap<String, String> DECIDED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("GET /clients/{name}", Endpoints.ANYBODY),
              Map.entry("GET /api/token", TRAINER),
              Map.entry("GET /api/admin/audit", ADMIN),
              Map.entry("POST /api/admin/tokens", ADMIN),
              Map.entry("GET /api/admin/tokens", ADMIN),
              Map.entry("DELETE /api/admin/tokens/{name}", ADMIN),
              Map.entry("POST /api/admin/jobs", ADMIN),
              Map.entry("GET /api/admin/jobs", ADMIN),
              Map.entry("GET /api/admin/jobs/{id}", ADMIN),
              Map.entry("GET /api/admin/jobs/{id}/events", ADMIN),
              Map.entry("GET /api/admin/jobs/{id}/failures", ADMIN),
              Map.entry("POST /api/admin/jobs/{id}/cancel", ADMIN),
              Map.entry("POST /api/admin/jobs/{id}/pause", ADMIN),
              Map.entry("POST /api/admin/jobs/{id}/resume", ADMIN),
              Map.entry("POST /api/admin/jobs/{id}/retry", ADMIN),
              Map.entry("POST /api/datasets", ADMIN),
              Map.entry("GET /api/datasets", TRAINER),
              Map.entry("GET /api/datasets/{name}", TRAINER),
              Map.entry("DELETE /api/datasets/{name}", ADMIN),
              Map.entry("GET /api/datasets/{name}/quarantine", ADMIN),
              Map.entry("GET /api/datasets/{name}/quarantine/photo", ADMIN),
              Map.entry("GET /api/datasets/{name}/report", ADMIN),
              Map.entry("GET /api/datasets/{name}/judgements", TRAINER),
              Map.entry("POST /api/datasets/{name}/recipes/preview", TRAINER),
              Map.entry("POST /api/photos/features", TRAINER),
              Map.entry("GET /api/preparations", TRAINER),
              Map.entry("GET /api/preparations/{id}", TRAINER),
              Map.entry("DELETE /api/preparations/{id}", ADMIN),
              Map.entry("GET /api/preparations/{id}/vocabulary", TRAINER),
              Map.entry("GET /api/preparations/{id}/tokenizer.json", TRAINER),
              Map.entry("GET /api/preparations/{id}/descriptions.txt", TRAINER),
              Map.entry("GET /api/preparations/{id}/features.npz", TRAINER),
              Map.entry("GET /api/preparations/{id}/sequences.npz", TRAINER),
              Map.entry("GET /api/preparations/{id}/words.npz", TRAINER),
              Map.entry("GET /api/preparations/{id}/export.tar", TRAINER),
              Map.entry("GET /api/preparations/{id}/export.arrows", TRAINER),
              Map.entry("GET /api/preparations/{id}/batches/{n}", TRAINER),
              Map.entry("POST /api/preparations/{id}/decode", TRAINER),
              Map.entry("POST /api/preparations/{id}/scores", TRAINER),
              Map.entry("GET /api/preparations/{id}/lengths", TRAINER),
              Map.entry("GET /api/preparations/{id}/photos", TRAINER),
              Map.entry("GET /api/preparations/{id}/photos/features", TRAINER),
              Map.entry("GET /api/preparations/{id}/photos/file", TRAINER),
              Map.entry("GET /api/preparations/{id}/scores", TRAINER),
              Map.entry("GET /api/preparations/{id}/scores/judgements", TRAINER),
              Map.entry("GET /api/preparations/{id}/scores/people", TRAINER),
              Map.entry("GET /api/preparations/{id}/scores/{name}", TRAINER),
              Map.entry("DELETE /api/preparations/{id}/scores/{name}", TRAINER)));

  /** Beside the resources: to whom each address of the framework is open. */
  private static final Map<String, String> FRAMEWORK =
      Map.of(
          "/q/", TRAINER,
          "/q/health", TRAINER,
          "/q/health/live", Endpoints.ANYBODY,
          "/q/health/ready", Endpoints.ANYBODY,
          "/q/health/started", TRAINER,
          "/q/health/well", TRAINER,
          "/q/health/group", TRAINER,
          "/q/metrics", TRAINER);

  @Inject TokenRepository tokens;
  @Inject KeptTokens kept;
  @Inject Router router;

  @Test
  void eachEndpointIsDecidedOn() {
    assertThat(Endpoints.all()).isEqualTo(DECIDED);
  }

  @Test
  void eachAddressOfTheFrameworkIsDecidedOn() {
    assertThat(router.getRoutes())
        .extracting(Route::getPath)
        .filteredOn(path -> path != null && !path.equals("/"))
        .allMatch(EveryDoorTest::isDecidedOn);
  }

  private static boolean isDecidedOn(String path) {
    return FRAMEWORK.keySet().stream()
        .anyMatch(known -> path.equals(known) || isBelow(path, known));
  }

  private static boolean isBelow(String path, String known) {
    return path.startsWith(known + "/") && !FRAMEWORK.get(known).equals(Endpoints.ANYBODY);
  }

  /** Verb and address of each endpoint that is not open to anybody. */
  private static Stream<String> closed() {
    Stream<String> framework =
        FRAMEWORK.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(Endpoints.ANYBODY))
            .map(entry -> "GET " + entry.getKey());
    return Stream.concat(framework, having(ADMIN, TRAINER));
  }

  private static Stream<String> having(String... roles) {
    return DECIDED.entrySet().stream()
        .filter(entry -> List.of(roles).contains(entry.getValue()))
        .map(Map.Entry::getKey);
  }

  private static Response call(RequestSpecification request, String endpoint) {
    String[] parts = endpoint.split(" ");
    // A job that is not there: what is allowed changes nothing.
    String address =
        parts[1].replace("{id}", "999999999").replace("{n}", "0").replace("{name}", "nobody");
    return request.contentType("application/json").request(parts[0], address);
  }

  private static void closedTo(RequestSpecification caller, String endpoint) {
    Response response = call(caller, endpoint);
    assertThat(response.statusCode()).as(endpoint + response.asString()).isEqualTo(401);
    assertThat(response.jsonPath().getString("type")).endsWith(":unauthenticated");
  }

  @Test
  void withoutATokenNothingOpens() {
    closed().forEach(endpoint -> closedTo(RestAssured.given(), endpoint));
  }

  @Test
  void aWrongTokenOpensNothing() {
    String wrong = KeptTokens.random();
    closed().forEach(endpoint -> closedTo(as(wrong), endpoint));
    closed().forEach(endpoint -> closedTo(as(TestTokens.ADMIN + "x"), endpoint));
  }

  @Test
  void anExpiredTokenOpensNothing() {
    Instant now = Instant.now();
    String expired = made(Role.ADMIN, Optional.of(now.minusSeconds(1)), Optional.empty());
    closed().forEach(endpoint -> closedTo(as(expired), endpoint));
  }

  @Test
  void aRevokedTokenOpensNothing() {
    Instant now = Instant.now();
    String revoked = made(Role.ADMIN, Optional.empty(), Optional.of(now));
    closed().forEach(endpoint -> closedTo(as(revoked), endpoint));
  }

  @Test
  void theWrongRoleOpensNothing() {
    String trainer = made(Role.TRAINER, Optional.empty(), Optional.empty());
    for (RequestSpecification caller : List.of(asTrainer(), as(trainer))) {
      having(ADMIN)
          .forEach(
              endpoint -> {
                Response response = call(caller, endpoint);
                assertThat(response.statusCode()).as(endpoint).isEqualTo(403);
                assertThat(response.jsonPath().getString("type")).endsWith(":forbidden");
              });
    }
  }

  @Test
  void theRightRoleOpensAll() {
    String trainer = made(Role.TRAINER, Optional.empty(), Optional.empty());
    String admin = made(Role.ADMIN, Optional.empty(), Optional.empty());
    having(TRAINER).forEach(endpoint -> open(as(trainer), endpoint));
    having(ADMIN, TRAINER).forEach(endpoint -> open(as(admin), endpoint));
    having(ADMIN, TRAINER).forEach(endpoint -> open(asAdmin(), endpoint));
  }

  private static void open(RequestSpecification caller, String endpoint) {
    assertThat(call(caller, endpoint).statusCode()).as(endpoint).isNotIn(401, 403, 500, 503);
  }

  private String made(Role role, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    String token = KeptTokens.random();
    String name = "t-" + UUID.randomUUID();
    tokens.add(
        new AccessToken(name, role, Instant.now(), expiresAt, Optional.empty()),
        TokenHash.of(token));
    revokedAt.ifPresent(at -> tokens.revoke(name, at));
    kept.forget();
    return token;
  }
}
