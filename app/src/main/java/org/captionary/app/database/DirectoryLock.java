package org.captionary.app.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.captionary.app.StartupException;
import org.captionary.app.secret.PrivateFiles;

/** One process at a time owns a directory. The system frees the lock of a process that died. */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE_NAME = "owner.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws StartupException naming the directory, if a live process holds it
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    FileChannel channel = PrivateFiles.open(directory.resolve(FILE_NAME));
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartupException(
          "Another running process uses the database directory %s. Stop it first, or give this one a data directory of its own (CAPTIONARY_DATA_DIR)."
              .formatted(directory));
    }
    return new DirectoryLock(channel);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
