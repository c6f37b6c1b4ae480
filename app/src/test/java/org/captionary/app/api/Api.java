package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The service as its users reach it. */
public final class Api {

  public static final String JOBS = "/api/admin/jobs";
  public static final String DATASETS = "/api/datasets";
  public static final String PREPARATIONS = "/api/preparations/";

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final List<String> FINAL = List.of("SUCCEEDED", "FAILED", "CANCELLED");

  private Api() {}

  /** Posts JSON as admin. */
  public static Response post(String path, Object body) {
    return asAdmin().contentType("application/json").body(body).post(path);
  }

  public static Response submit(String dataset, Map<String, Object> recipe) {
    return post(JOBS, Map.of("dataset", dataset, "recipe", recipe));
  }

  /** The id in the address of an accepted job. */
  public static long idOf(Response accepted) {
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    String location = accepted.header("Location");
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  /** The job once it has ended. */
  public static JsonPath ended(long job) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    JsonPath seen = job(job);
    while (!FINAL.contains(seen.getString("state"))) {
      assertThat(System.nanoTime()).as(seen.prettify()).isLessThan(deadline);
      Thread.sleep(50);
      seen = job(job);
    }
    return seen;
  }

  /** Has a preparation made. */
  public static String prepare(String dataset, Map<String, Object> recipe)
      throws InterruptedException {
    JsonPath job = ended(idOf(submit(dataset, recipe)));
    assertThat(job.getString("state")).as(job.prettify()).isEqualTo("SUCCEEDED");
    return job.getString("preparation");
  }

  public static JsonPath job(long id) {
    return found(asAdmin().get(JOBS + "/" + id)).jsonPath();
  }

  /** A batch's address in front of its query. */
  public static String batch(String preparation, Object name) {
    return PREPARATIONS + preparation + "/batches/" + name;
  }

  public static byte[] bytes(String path) {
    return found(asTrainer().get(path)).asByteArray();
  }

  public static Response found(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response;
  }

  /** The problem document of a refusal that names its field. */
  public static JsonPath refused(Response response, int status, String field, Object value) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    JsonPath problem = response.jsonPath();
    assertThat(problem.getString("field")).as(response.asString()).isEqualTo(field);
    assertThat(problem.getString("value"))
        .as(response.asString())
        .isEqualTo(value == null ? null : value.toString());
    return problem;
  }
}
