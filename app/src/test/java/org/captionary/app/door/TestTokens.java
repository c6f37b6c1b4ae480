package org.captionary.app.door;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** The tokens that the tests' configuration sets. */
public final class TestTokens {

  public static final String ADMIN = "admin-token-of-the-tests";
  public static final String TRAINER = "trainer-token-of-the-tests";

  private TestTokens() {}

  /** A request as admin. */
  public static RequestSpecification asAdmin() {
    return as(ADMIN);
  }

  /** A request as trainer. */
  public static RequestSpecification asTrainer() {
    return as(TRAINER);
  }

  /** A request with that token. */
  public static RequestSpecification as(String token) {
    return RestAssured.given().header("Authorization", "Bearer " + token);
  }
}
