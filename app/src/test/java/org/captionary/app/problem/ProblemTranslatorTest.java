package org.captionary.app.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.captionary.domain.photo.HungDecodersException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTranslatorTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "53300"})
  void aDatabaseThatIsAwayMayBeBackLater(String state) {
    Throwable failure = new IllegalStateException(new SQLException("gone", state));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(503);
  }

  @Test
  void soMayAFreeConnection() {
    Throwable failure =
        new IllegalStateException(
            new SQLException("Acquisition timeout while waiting for new connection"));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(503);
  }

  @Test
  void soMayDecoding() {
    assertThat(ProblemTranslator.translate(new HungDecodersException(16)).status()).isEqualTo(503);
  }

  @Test
  void wrongSqlIsAFaultOfOurs() {
    Throwable failure = new IllegalStateException(new SQLException("syntax error", "42601"));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(500);
  }
}
