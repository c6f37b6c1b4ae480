package org.captionary.app.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.captionary.domain.training.RowMemory;

/**
 * Keeps rows outside of the heap, whence the network takes them without a copy. Small rows stay on
 * the heap: to copy one costs less than to count it.
 */
public final class NativeRowMemory implements RowMemory {

  static final int SMALLEST = 1 << 13;

  private final RowMemory heap = RowMemory.onHeap();

  @Override
  public Row copyOf(byte[] bytes) {
    return bytes.length < SMALLEST
        ? heap.copyOf(bytes)
        : new NativeRow(Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes));
  }

  private static final class NativeRow implements Row {

    private final ByteBuf bytes;
    private long checksum = -1;

    NativeRow(ByteBuf bytes) {
      this.bytes = bytes;
    }

    @Override
    public int heldBytes() {
      return bytes.capacity();
    }

    @Override
    public boolean hold() {
      try {
        bytes.retain();
        return true;
      } catch (IllegalReferenceCountException e) {
        return false;
      }
    }

    @Override
    public void giveBack() {
      bytes.release();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      if (out instanceof ResponseStream response) {
        response.write(bytes);
      } else {
        bytes.getBytes(0, out, bytes.capacity());
      }
    }

    @Override
    public long checksum() {
      // Two threads may both make it: of the same bytes, the same.
      if (checksum < 0) {
        CRC32 crc = new CRC32();
        crc.update(bytes.nioBuffer());
        checksum = crc.getValue();
      }
      return checksum;
    }
  }
}
