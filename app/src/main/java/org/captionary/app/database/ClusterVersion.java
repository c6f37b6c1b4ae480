package org.captionary.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.captionary.app.StartupException;

/** The major version that made a data directory; PostgreSQL runs on its own version's alone. */
final class ClusterVersion {

  /** The major version of the programs that come with the jar. */
  static final String OURS = "18";

  private ClusterVersion() {}

  /** Refuses a data directory that another major version made. */
  static void require(Path cluster) throws IOException {
    String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
    if (!found.equals(OURS)) {
      throw new StartupException(
          "The database in %s was made by PostgreSQL %s, and this Captionary runs PostgreSQL %s. Dump it with the Captionary that made it, or give this one a new data directory (CAPTIONARY_DATA_DIR)."
              .formatted(cluster, found, OURS));
    }
  }
}
