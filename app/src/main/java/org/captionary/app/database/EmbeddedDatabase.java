package org.captionary.app.database;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.captionary.app.StartupException;
import org.captionary.app.secret.PrivateFiles;
import org.captionary.app.secret.SecretFile;

/**
 * A PostgreSQL server of our own, kept in a directory: durable, reached from this machine alone and
 * with a password alone. A server that outlived its process is taken over as it runs; two live
 * processes never share a directory.
 *
 * <pre>
 * owner.lock        held while a process uses the directory
 * password          of the server's superuser and of the role "captionary", mode 0600
 * programs-HASH/    PostgreSQL itself, unpacked
 * cluster/          PostgreSQL's data directory
 * server.log        what the server has to say since its start
 * </pre>
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String SHELL_CHARACTERS = "\"$`\\'\n";

  private final DirectoryLock lock;
  private final Cluster cluster;
  private final Postmaster postmaster;
  private final String password;
  private boolean closed;

  private EmbeddedDatabase(
      DirectoryLock lock, Cluster cluster, Postmaster postmaster, String password) {
    this.lock = lock;
    this.cluster = cluster;
    this.postmaster = postmaster;
    this.password = password;
  }

  /**
   * Starts the server of a directory, or takes over the one that runs there; the first time, makes
   * both.
   *
   * @throws StartupException naming the directory, if another process uses it, if it cannot be
   *     written, or if PostgreSQL refuses it
   */
  public static EmbeddedDatabase start(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    try {
      requirePlain(home);
      PrivateFiles.createDirectories(home);
      return startLocked(home.toRealPath());
    } catch (FileSystemException e) {
      throw unusable(home, PrivateFiles.reason(e), e);
    } catch (IOException | SQLException e) {
      throw unusable(home, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(home, "interrupted", e);
    }
  }

  /** {@code pg_ctl} hands the path to a shell between double quotes. */
  private static void requirePlain(Path home) {
    String path = home.toString();
    if (path.chars().anyMatch(character -> SHELL_CHARACTERS.indexOf(character) >= 0)) {
      throw new StartupException(
          "The path of the database directory must not hold quotes, $, ` or \\: " + home);
    }
  }

  private static EmbeddedDatabase startLocked(Path home)
      throws IOException, SQLException, InterruptedException {
    DirectoryLock lock = DirectoryLock.acquire(home);
    boolean started = false;
    try {
      EmbeddedDatabase database = startOwned(home, lock);
      started = true;
      return database;
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  private static EmbeddedDatabase startOwned(Path home, DirectoryLock lock)
      throws IOException, SQLException, InterruptedException {
    SecretFile passwordFile = new SecretFile(home.resolve("password"));
    boolean isFirstStart = !Files.isDirectory(Cluster.directoryBelow(home));
    if (!isFirstStart) {
      ClusterVersion.require(Cluster.directoryBelow(home));
      requirePassword(passwordFile);
    }
    Cluster cluster = new Cluster(home, new ProgramRunner(PostgresPrograms.unpackBelow(home)));
    if (isFirstStart) {
      passwordFile.create();
      cluster.create(passwordFile.path());
    }
    return startServer(cluster, passwordFile.read(), lock);
  }

  private static EmbeddedDatabase startServer(Cluster cluster, String password, DirectoryLock lock)
      throws IOException, SQLException, InterruptedException {
    Optional<Postmaster> running = new Adoption(cluster.directory(), password).findRunning();
    Postmaster postmaster = running.isPresent() ? running.get() : cluster.start();
    new Connections(postmaster.port(), password).createDatabase();
    return new EmbeddedDatabase(lock, cluster, postmaster, password);
  }

  private static void requirePassword(SecretFile passwordFile) {
    if (!passwordFile.exists()) {
      throw new StartupException(
          "The file %s, which holds the database's password, is missing; put it back from a copy."
              .formatted(passwordFile.path()));
    }
  }

  private static StartupException unusable(Path home, String reason, Exception cause) {
    return new StartupException(
        "The database directory %s cannot be used: %s".formatted(home, reason), cause);
  }

  /** Where the driver finds our database. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postmaster.port(), Connections.DATABASE);
  }

  /** The role that owns our database; it is no superuser. */
  public String user() {
    return Connections.USER;
  }

  public String password() {
    return password;
  }

  /** The server's process. */
  public long pid() {
    return postmaster.pid();
  }

  /**
   * Stops the server and waits until it is gone, then frees the directory. Once is enough; more do
   * nothing.
   *
   * @throws StartupException with PostgreSQL's words, if the server does not stop
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      stop();
    }
  }

  private void stop() {
    try {
      if (postmaster.isAlive() && Files.exists(cluster.directory().resolve(Postmaster.FILE_NAME))) {
        cluster.stop();
      }
    } catch (IOException e) {
      throw unusable(cluster.directory(), e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(cluster.directory(), "interrupted while stopping", e);
    }
  }
}
