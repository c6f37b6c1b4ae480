package org.captionary.inference.download;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time, in this process and in all that share the folder. The system frees the lock
 * of a process that died.
 */
final class FolderLock implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FolderLock.class.getName());
  private static final String FILE_NAME = "download.lock";

  /** A process may not ask twice for a lock on a file. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for it as long as it takes: the other one is downloading. */
  static FolderLock take(Path folder) throws IOException, InterruptedException {
    IN_THIS_PROCESS.lockInterruptibly();
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock(channel, folder);
      return new FolderLock(channel);
    } catch (IOException | RuntimeException e) {
      IN_THIS_PROCESS.unlock();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /** An interrupted wait for the lock ends with an IOException. */
  private static void lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      LOG.log(Level.INFO, "Another process downloads into {0}; waiting for it", folder);
      channel.lock();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
