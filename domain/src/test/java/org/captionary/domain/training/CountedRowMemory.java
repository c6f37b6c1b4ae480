package org.captionary.domain.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/** Rows whose bytes are spoilt as soon as nobody holds them. */
final class CountedRowMemory implements RowMemory {

  private final AtomicInteger held = new AtomicInteger();

  /** How many rows somebody holds. */
  int held() {
    return held.get();
  }

  @Override
  public Row copyOf(byte[] bytes) {
    held.incrementAndGet();
    return new Counted(bytes.clone());
  }

  private final class Counted implements Row {

    private final byte[] bytes;
    private int holders = 1;

    Counted(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int heldBytes() {
      return bytes.length;
    }

    @Override
    public synchronized boolean hold() {
      if (holders > 0) {
        holders++;
      }
      return holders > 0;
    }

    @Override
    public synchronized void giveBack() {
      assertThat(holders).isPositive();
      if (--holders == 0) {
        Arrays.fill(bytes, (byte) 0x55);
        held.decrementAndGet();
      }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }

    @Override
    public long checksum() {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return crc.getValue();
    }
  }
}
