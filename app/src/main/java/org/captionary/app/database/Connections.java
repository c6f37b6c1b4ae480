package org.captionary.app.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** What is asked of and told to the server as its superuser: who it is, and our database. */
final class Connections {

  static final String USER = "captionary";
  static final String DATABASE = "captionary";

  private static final int CONNECT_SECONDS = 10;

  private final int port;
  private final String password;

  Connections(int port, String password) {
    this.port = port;
    this.password = password;
  }

  /** Whether the server that takes our password runs on this data directory. */
  boolean serves(Path cluster) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      return row.next() && Path.of(row.getString(1)).equals(cluster);
    }
  }

  /** Makes our role, which is no superuser, and its database, as far as they are not there. */
  void createDatabase() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      if (isMissing(statement, "SELECT FROM pg_roles WHERE rolname = '%s'".formatted(USER))) {
        statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, password));
      }
      if (isMissing(
          statement, "SELECT FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
        statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, USER));
      }
    }
  }

  private static boolean isMissing(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private Connection open() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("postgres");
    source.setUser(Cluster.SUPERUSER);
    source.setPassword(password);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(CONNECT_SECONDS);
    return source.getConnection();
  }
}
