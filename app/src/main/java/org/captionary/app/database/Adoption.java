package org.captionary.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.captionary.app.StartupException;

/**
 * Looks for a server that outlived the process that started it. It is ours if it takes our password
 * and says that it runs on our directory. The caller holds the directory's lock, so that no one
 * else starts a server meanwhile.
 */
final class Adoption {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path cluster;
  private final String password;

  Adoption(Path cluster, String password) {
    this.cluster = cluster;
    this.password = password;
  }

  /** The running server, ready for connections; nothing if none runs. */
  Optional<Postmaster> findRunning() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<Postmaster> candidate = candidate();
    while (candidate.isPresent() && !answers(candidate.get())) {
      requireBefore(end, candidate.get());
      Thread.sleep(PAUSE.toMillis());
      candidate = candidate();
    }
    return candidate;
  }

  private Optional<Postmaster> candidate() throws IOException {
    Optional<Postmaster> noted = Postmaster.read(cluster).filter(Postmaster::isAlive);
    if (noted.filter(postmaster -> postmaster.isMistakable(cluster)).isEmpty()) {
      return noted;
    }
    // A dead server's children may still write; only without them may its mark be taken away.
    if (!LinuxProcess.anyWorksIn(cluster)) {
      Files.deleteIfExists(cluster.resolve(Postmaster.FILE_NAME));
      return Optional.empty();
    }
    return noted;
  }

  /** False while the server starts, recovers or stops. */
  private boolean answers(Postmaster postmaster) {
    try {
      return new Connections(postmaster.port(), password).serves(cluster);
    } catch (SQLException e) {
      if (isRefusal(e)) {
        throw new StartupException(
            "The server of %s (process %d) refuses the password that is kept beside it."
                .formatted(cluster, postmaster.pid()),
            e);
      }
      return false;
    }
  }

  /** SQLSTATE class 28: invalid authorization. */
  private static boolean isRefusal(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("28");
  }

  private void requireBefore(long end, Postmaster postmaster) {
    if (System.nanoTime() - end > 0) {
      throw new StartupException(
          "Process %d holds the database in %s but does not answer on port %d. End it, then start again."
              .formatted(postmaster.pid(), cluster, postmaster.port()));
    }
  }
}
