package org.captionary.app.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Fails as soon as more than so many bytes have been read, or as they come too slowly: within
 * {@value #GRACE_SECONDS} seconds and one more for each {@value #BYTES_A_SECOND} bytes.
 */
final class LimitedInputStream extends FilterInputStream {

  static final long GRACE_SECONDS = 30;
  static final long BYTES_A_SECOND = 8_192;

  private static final long NANOS = 1_000_000_000;

  private final Supplier<? extends RuntimeException> tooLong;
  private final Supplier<? extends RuntimeException> tooSlow;
  private final LongSupplier nanos;
  private final long began;
  private final long limit;
  private long bytes;

  /**
   * @param nanos a clock
   */
  LimitedInputStream(
      InputStream in,
      long limit,
      Supplier<? extends RuntimeException> tooLong,
      Supplier<? extends RuntimeException> tooSlow,
      LongSupplier nanos) {
    super(in);
    this.limit = limit;
    this.tooLong = tooLong;
    this.tooSlow = tooSlow;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int read) {
    bytes += read;
    if (bytes > limit) {
      throw tooLong.get();
    }
    if (read > 0 && nanos.getAsLong() - began > NANOS * (GRACE_SECONDS + bytes / BYTES_A_SECOND)) {
      throw tooSlow.get();
    }
  }
}
