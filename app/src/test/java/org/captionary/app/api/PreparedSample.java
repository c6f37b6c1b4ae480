package org.captionary.app.api;

import static org.captionary.app.door.TestTokens.asAdmin;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;

/**
 * The dirty sample as the service has it: registered and prepared once for all tests.
 *
 * @param fresh the data set between registration and the first job, with its quarantine
 * @param job of the tutorial's recipe, ended
 * @param tutorial its preparation
 * @param rich preparation of {@link #RICH}
 */
record PreparedSample(
    DirtySample sample,
    Response registered,
    String fresh,
    String freshQuarantine,
    Response submitted,
    JsonPath job,
    String tutorial,
    String rich) {

  static final String NAME = "dirty";

  static final Map<String, Object> TUTORIAL = Map.of();
  static final ExpectedText.Choice TUTORIAL_TEXT =
      new ExpectedText.Choice(false, false, false, "all");

  static final Map<String, Object> RICH =
      Map.of("captions", "all", "fitOn", "train", "lettersOnly", true, "startEnd", true);
  static final ExpectedText.Choice RICH_TEXT = new ExpectedText.Choice(true, true, true, "train");

  private static PreparedSample only;

  static synchronized PreparedSample get() throws Exception {
    if (only == null) {
      only = make();
    }
    return only;
  }

  private static PreparedSample make() throws Exception {
    DirtySample sample = DirtySample.draw(NAME);
    Response registered = Api.post(Api.DATASETS, sample.files().body(NAME));
    String fresh = asAdmin().get(Api.DATASETS + "/" + NAME).asString();
    String quarantine = asAdmin().get(Api.DATASETS + "/" + NAME + "/quarantine").asString();
    Response submitted = Api.submit(NAME, TUTORIAL);
    JsonPath job = Api.ended(Api.idOf(submitted));
    String tutorial = job.getString("preparation");
    String rich = Api.prepare(NAME, RICH);
    return new PreparedSample(
        sample, registered, fresh, quarantine, submitted, job, tutorial, rich);
  }
}
