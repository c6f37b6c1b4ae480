package org.captionary.app.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Fails as soon as more than so many bytes have been read. */
final class LimitedInputStream extends FilterInputStream {

  private final Supplier<? extends RuntimeException> tooLong;
  private long left;

  LimitedInputStream(InputStream in, long limit, Supplier<? extends RuntimeException> tooLong) {
    super(in);
    this.left = limit;
    this.tooLong = tooLong;
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
    left -= read;
    if (left < 0) {
      throw tooLong.get();
    }
  }
}
