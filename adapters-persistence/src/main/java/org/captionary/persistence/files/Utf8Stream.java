package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-16 as UTF-8. Half a surrogate pair becomes a byte that is no UTF-8, so that it costs its row
 * and no more. Holds a block, however long the text.
 */
final class Utf8Stream extends InputStream {

  private static final int BLOCK = 1 << 13;
  private static final byte NOT_UTF8 = (byte) 0xFF;

  private final InputStream in;
  private final ByteOrder order;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final byte[] block = new byte[2 * BLOCK];
  private final CharBuffer chars = CharBuffer.allocate(BLOCK + 1);
  private final ByteBuffer bytes = ByteBuffer.allocate(3 * (BLOCK + 1)).limit(0);

  private Utf8Stream(InputStream in, ByteOrder order) {
    this.in = in;
    this.order = order;
  }

  /**
   * The text of a file in UTF-8, or in UTF-16 if its byte order mark says so, which is dropped.
   *
   * @throws IOException also if the byte order mark is that of UTF-32
   */
  static Text of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(4);
    PushbackInputStream all = new PushbackInputStream(in, 4);
    Mark mark = Mark.of(head);
    all.unread(head, mark.bytes.length, head.length - mark.bytes.length);
    return switch (mark) {
      case NONE -> new Text("UTF-8", all);
      case UTF_8 -> new Text("UTF-8 with byte order mark", all);
      case UTF_16LE -> new Text("UTF-16LE", new Utf8Stream(all, ByteOrder.LITTLE_ENDIAN));
      case UTF_16BE -> new Text("UTF-16BE", new Utf8Stream(all, ByteOrder.BIG_ENDIAN));
      case UTF_32LE, UTF_32BE -> throw new IOException("it is UTF-32, and may be UTF-8 or UTF-16");
    };
  }

  @Override
  public int read() throws IOException {
    return isFilled() ? bytes.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!isFilled()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(to, offset, count);
    return count;
  }

  private boolean isFilled() throws IOException {
    boolean ended = false;
    while (!bytes.hasRemaining() && !ended) {
      int count = in.readNBytes(block, 0, block.length);
      ended = count < block.length;
      chars.put(ByteBuffer.wrap(block, 0, count).order(order).asCharBuffer()).flip();
      bytes.clear();
      encode(ended);
      if (count % 2 == 1) {
        bytes.put(NOT_UTF8); // half a character at the end
      }
      bytes.flip();
      chars.compact();
    }
    return bytes.hasRemaining();
  }

  private void encode(boolean ended) {
    CoderResult result = encoder.reset().encode(chars, bytes, ended);
    while (result.isMalformed()) {
      chars.position(chars.position() + result.length());
      bytes.put(NOT_UTF8);
      result = encoder.encode(chars, bytes, ended);
    }
  }

  /**
   * A text, whatever it was written in.
   *
   * @param encoding of the file, for people
   * @param stream in UTF-8 without byte order mark
   */
  record Text(String encoding, InputStream stream) {}

  /** Byte order marks; UTF-32's before that of UTF-16 it begins with. */
  private enum Mark {
    UTF_8(0xEF, 0xBB, 0xBF),
    UTF_32LE(0xFF, 0xFE, 0, 0),
    UTF_32BE(0, 0, 0xFE, 0xFF),
    UTF_16LE(0xFF, 0xFE),
    UTF_16BE(0xFE, 0xFF),
    NONE();

    private final byte[] bytes;

    Mark(int... bytes) {
      this.bytes = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        this.bytes[i] = (byte) bytes[i];
      }
    }

    private static Mark of(byte[] head) {
      return Arrays.stream(values()).filter(mark -> mark.begins(head)).findFirst().orElseThrow();
    }

    private boolean begins(byte[] head) {
      return head.length >= bytes.length
          && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }
  }
}
