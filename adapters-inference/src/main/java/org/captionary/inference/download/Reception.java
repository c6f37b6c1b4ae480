package org.captionary.inference.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes what arrives, on the HTTP client's threads, and can be asked when something came last.
 * Once closed it takes nothing more: a cancelled exchange may deliver late.
 */
final class Reception implements Consumer<Optional<byte[]>>, AutoCloseable {

  interface Opening {
    FileChannel open() throws IOException;
  }

  private long lastNanos = System.nanoTime();
  private FileChannel channel;
  private Progress progress;
  private IOException failure;
  private boolean closed;

  /** Where to write is only asked for, and so made ready, while this is open. */
  synchronized void begin(Opening into, Progress told) throws IOException {
    if (closed) {
      throw new IOException("the answer came too late");
    }
    lastNanos = System.nanoTime();
    channel = into.open();
    progress = told;
  }

  @Override
  public synchronized void accept(Optional<byte[]> bytes) {
    lastNanos = System.nanoTime();
    try {
      if (bytes.isPresent() && !closed) {
        write(ByteBuffer.wrap(bytes.get()));
      }
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    progress.at(channel.size());
  }

  synchronized boolean isSilentFor(Duration time) {
    return System.nanoTime() - lastNanos > time.toNanos();
  }

  /** That what came could not be written, if so. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (channel != null) {
      channel.close();
    }
  }
}
