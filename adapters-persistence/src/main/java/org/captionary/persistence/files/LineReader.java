package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits bytes into lines of UTF-8, so that a bad byte costs one line and not the file. A line ends
 * at {@code \n}, and one {@code \r} before that is no part of it. Holds one block and one line of
 * at most {@link #LONGEST} bytes, however long the input.
 */
final class LineReader {

  /** In bytes, without line end. A longer line is skipped over and handed out with its fault. */
  static final int LONGEST = 1 << 20;

  private static final int HEAD = 1 << 12;

  private final InputStream in;
  private final byte[] block = new byte[1 << 16];
  private int position;
  private int end;
  private byte[] line = new byte[1 << 10];
  private long length;
  private long number;

  /** Reads the first block. Closing the stream is the caller's. */
  LineReader(InputStream in) throws IOException {
    this.in = in;
    end = in.readNBytes(block, 0, block.length);
  }

  /** The next line; empty at the end of the input. */
  Optional<Line> next() throws IOException {
    if (!isFilled()) {
      return Optional.empty();
    }
    length = 0;
    number++;
    boolean ended = false;
    while (!ended && isFilled()) {
      int stop = newlineOrEnd();
      append(stop - position);
      ended = stop < end;
      position = ended ? stop + 1 : stop;
    }
    if (ended) {
      dropCarriageReturn();
    }
    return Optional.of(length > LONGEST ? tooLong() : decoded());
  }

  private boolean isFilled() throws IOException {
    if (position == end) {
      position = 0;
      end = in.readNBytes(block, 0, block.length);
    }
    return position < end;
  }

  private int newlineOrEnd() {
    int i = position;
    while (i < end && block[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Counts all bytes, but keeps no more than a longest line and its carriage return. */
  private void append(int count) {
    int kept = (int) Math.min(count, Math.max(0, LONGEST + 1 - length));
    if (kept > 0) {
      int needed = (int) length + kept;
      if (needed > line.length) {
        line = Arrays.copyOf(line, Math.min(LONGEST + 1, Math.max(needed, 2 * line.length)));
      }
      System.arraycopy(block, position, line, (int) length, kept);
    }
    length += count;
  }

  private void dropCarriageReturn() {
    if (length > 0 && length <= LONGEST + 1 && line[(int) length - 1] == '\r') {
      length--;
    }
  }

  private Line tooLong() {
    String head = new String(line, 0, HEAD, StandardCharsets.UTF_8);
    return new Line(number, head, Optional.of("the row is longer than " + LONGEST + " bytes"));
  }

  private Line decoded() {
    String text = new String(line, 0, (int) length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0 && !isUtf8()) {
      return new Line(number, text, Optional.of("the row is not UTF-8"));
    }
    if (text.indexOf('\0') >= 0) {
      return new Line(number, text, Optional.of("the row holds a NUL character"));
    }
    return new Line(number, text, Optional.empty());
  }

  /** Tells a U+FFFD that stands in the file from one that stands for bad bytes. */
  private boolean isUtf8() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, (int) length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
