package org.captionary.app.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.captionary.domain.photo.HungDecodersException;
import org.captionary.domain.photo.UnavailableExtractorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTranslatorTest {

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P02", "57P03", "53300"})
  void aDatabaseThatIsAwayMayBeBackLater(String state) {
    Throwable failure = new IllegalStateException(new SQLException("gone", state));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(503);
  }

  /** Agroal's words. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acquisition timeout while waiting for new connection",
        "Sorry, acquisition timeout!"
      })
  void soMayAFreeConnection(String message) {
    Throwable failure = new IllegalStateException(new SQLException(message));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(503);
  }

  /** As Narayana says that the connection broke at the commit. */
  @Test
  void theCauseMayBeSuppressed() {
    RollbackException rolledBack = new RollbackException("Could not commit transaction.");
    rolledBack.addSuppressed(
        new XAException("commit").initCause(new SQLException("gone", "08006")));
    Throwable failure = new IllegalStateException(rolledBack);

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(503);
  }

  @Test
  void soMayDecoding() {
    assertThat(ProblemTranslator.translate(new HungDecodersException(16)).status()).isEqualTo(503);
  }

  @Test
  void aNodeThatLostItsWeightsMayHaveThemAgainLater() {
    var lost = new UnavailableExtractorException("there is no file /w.h5", null);
    assertThat(ProblemTranslator.translate(lost).status()).isEqualTo(503);
    assertThat(ProblemTranslator.translate(lost).detail())
        .isEqualTo("This node cannot extract features now.");
  }

  @Test
  void wrongSqlIsAFaultOfOurs() {
    Throwable failure = new IllegalStateException(new SQLException("syntax error", "42601"));

    assertThat(ProblemTranslator.translate(failure).status()).isEqualTo(500);
  }
}
