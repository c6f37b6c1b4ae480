package org.captionary.inference.photo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file in memory that remembers whether its reader asked for bytes past the end. */
final class EndNotingStream extends MemoryCacheImageInputStream {

  private boolean endNoted;

  /**
   * @param isCut whether the file is known to have too few bytes
   */
  EndNotingStream(byte[] file, int length, boolean isCut) {
    super(new ByteArrayInputStream(file, 0, length));
    this.endNoted = isCut;
  }

  boolean endNoted() {
    return endNoted;
  }

  @Override
  public int read() throws IOException {
    return note(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return note(super.read(bytes, offset, length));
  }

  private int note(int result) {
    endNoted |= result < 0;
    return result;
  }
}
