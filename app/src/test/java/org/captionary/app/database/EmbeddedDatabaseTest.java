package org.captionary.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.captionary.app.StartupException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the real server; all tests but the first start's share one cluster, one after the other. */
class EmbeddedDatabaseTest {

  @TempDir static Path temporary;

  private static Path home;

  @BeforeAll
  static void nameWithSpaces() {
    home = temporary.resolve("a data directory").resolve("postgresql");
  }

  @Test
  void rowsOutliveARestart() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      execute(database, "CREATE TABLE IF NOT EXISTS kept (word text)");
      execute(database, "INSERT INTO kept VALUES ('startseq')");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(query(database, "SELECT word FROM kept LIMIT 1")).isEqualTo("startseq");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "listen_addresses, 127.0.0.1",
    "password_encryption, scram-sha-256",
    "data_checksums, on",
    "server_encoding, UTF8"
  })
  void settingIsInForce(String setting, String value) throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(query(database, "SHOW " + setting)).isEqualTo(value);
    }
  }

  @Test
  void ourRoleIsNoSuperuser() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(query(database, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
    }
  }

  @ParameterizedTest
  @CsvSource({"captionary, wrong", "postgres, wrong"})
  void wrongPasswordIsRefused(String user, String password) {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), user, password))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("28"));
    }
  }

  @Test
  void closingLeavesNoServer() throws IOException {
    EmbeddedDatabase database = EmbeddedDatabase.start(home);
    database.close();
    assertThat(home.resolve("cluster/postmaster.pid")).doesNotExist();
    assertThat(LinuxProcess.anyWorksIn(home.toRealPath().resolve("cluster"))).isFalse();
  }

  @Test
  void serverThatOutlivedItsProcessIsTakenOver() throws Exception {
    Process holder = DatabaseHolder.spawn(home);
    long server = DatabaseHolder.awaitReady(holder);
    holder.destroyForcibly().waitFor();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(database.pid()).isEqualTo(server);
      assertThat(query(database, "SELECT 1")).isEqualTo("1");
    }
    assertThat(home.resolve("cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void secondProcessIsRefused() throws Exception {
    Process holder = DatabaseHolder.spawn(home);
    DatabaseHolder.awaitReady(holder);
    try {
      assertThatThrownBy(() -> EmbeddedDatabase.start(home))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(home.toRealPath().toString());
    } finally {
      holder.destroyForcibly().waitFor();
      EmbeddedDatabase.start(home).close();
    }
  }

  @Test
  void serverKilledWithItsProcessIsStartedAnew() throws Exception {
    Process holder = DatabaseHolder.spawn(home);
    long server = DatabaseHolder.awaitReady(holder);
    holder.destroyForcibly().waitFor();
    ProcessHandle.of(server).orElseThrow().destroyForcibly();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(database.pid()).isNotEqualTo(server);
      assertThat(query(database, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void markOfAProcessThatNowIsAnotherIsPassedOver() throws Exception {
    EmbeddedDatabase.start(home).close();
    Path mark = home.resolve("cluster/postmaster.pid");
    long another = ProcessHandle.current().pid();
    Files.write(mark, List.of("" + another, home + "/cluster", "1", "1", "", "127.0.0.1", "1 1"));
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(query(database, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void onlyThisUserReachesTheFiles() throws IOException {
    EmbeddedDatabase.start(home).close();
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
          .allSatisfy(file -> assertThat(modeOf(file)).endsWith("------"));
    }
    assertThat(modeOf(home.resolve("password"))).isEqualTo("rw-------");
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void clusterOfAnotherVersionIsRefused(@TempDir Path other) throws IOException {
    Path cluster = Files.createDirectories(other.resolve("cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
    assertThatThrownBy(() -> EmbeddedDatabase.start(other))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(cluster.toRealPath().toString())
        .hasMessageContaining("PostgreSQL 17");
  }

  @Test
  void clusterWithoutItsPasswordIsRefused(@TempDir Path other) throws IOException {
    Path cluster = Files.createDirectories(other.resolve("cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), ClusterVersion.OURS);
    assertThatThrownBy(() -> EmbeddedDatabase.start(other))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(other.toRealPath().resolve("password").toString());
  }

  @Test
  void fileInPlaceOfTheDirectoryIsNamed(@TempDir Path other) throws IOException {
    Path file = Files.createFile(other.resolve("file"));
    assertThatThrownBy(() -> EmbeddedDatabase.start(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void pathThatAShellWouldReadIsRefused(@TempDir Path other) {
    Path trap = other.resolve("$(touch trapped)");
    assertThatThrownBy(() -> EmbeddedDatabase.start(trap))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(trap.toString());
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
