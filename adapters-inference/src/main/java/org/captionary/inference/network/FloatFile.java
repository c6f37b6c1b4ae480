package org.captionary.inference.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of little-endian float32, written at any place. */
final class FloatFile implements AutoCloseable {

  private final FileChannel channel;

  FloatFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /**
   * @param at a byte
   */
  void write(long at, float[] values) throws IOException {
    write(at, values, 0, values.length);
  }

  void write(long at, float[] values, int from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, from, length);
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
