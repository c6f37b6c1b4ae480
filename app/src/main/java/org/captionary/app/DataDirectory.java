package org.captionary.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.captionary.app.secret.PrivateFiles;
import org.eclipse.microprofile.config.Config;

/** The directory that holds all that the service keeps, named by {@code captionary.data-dir}. */
public final class DataDirectory {

  /** The configuration key; as an environment variable {@code CAPTIONARY_DATA_DIR}. */
  public static final String KEY = "captionary.data-dir";

  private DataDirectory() {}

  /**
   * The configured directory, absolute, made with mode 0700 if it is not there.
   *
   * @throws StartupException if it cannot be made or written
   */
  public static Path open(Config config) {
    return open(path(config.getValue(KEY, String.class)));
  }

  static Path open(Path path) {
    Path directory = path.toAbsolutePath().normalize();
    try {
      PrivateFiles.createDirectories(directory);
      PrivateFiles.requireWritable(directory);
      return directory.toRealPath();
    } catch (FileSystemException e) {
      throw unusable(directory, PrivateFiles.reason(e), e);
    } catch (IOException e) {
      throw unusable(directory, e.getMessage(), e);
    }
  }

  private static Path path(String configured) {
    try {
      return Path.of(configured);
    } catch (InvalidPathException e) {
      throw new StartupException("%s is not a path: %s".formatted(KEY, configured), e);
    }
  }

  private static StartupException unusable(Path directory, String reason, IOException cause) {
    return new StartupException(
        "The data directory %s cannot be used (%s). Set CAPTIONARY_DATA_DIR to a directory that this user may write."
            .formatted(directory, reason),
        cause);
  }
}
