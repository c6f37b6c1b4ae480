package org.captionary.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;

/** Features come from the database as bytes, not as their text, which takes four times as long. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BinaryAnswersTest {

  private static final int BINARY = 1;

  @Inject DataSource source;

  @Test
  void alsoWhenAStatementRunsForTheFirstTime() throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT '\\x00'::bytea");
        ResultSet rows = statement.executeQuery()) {
      PGResultSetMetaData told = rows.getMetaData().unwrap(PGResultSetMetaData.class);
      assertThat(told.getFormat(1)).isEqualTo(BINARY);
    }
  }
}
