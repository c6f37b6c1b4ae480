package org.captionary.inference.photo;

import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Follows the codes of a GIF's first frame as Pillow's {@code GifDecode.c} does, counting pixels
 * and making none: the JDK's reader passes over codes that cannot be, and fills up what is missing.
 */
final class GifCodes {

  private static final int MOST_BITS = 12;
  private static final int MOST_CODES = 1 << MOST_BITS;

  private final GifData data;
  private final int clear;

  /** How many pixels each code stands for. */
  private final int[] pixelsOf = new int[MOST_CODES];

  private int next;
  private int codeBits;
  private int bits;
  private int bitCount;

  private GifCodes(GifData data, int pixelBits) {
    this.data = data;
    this.clear = 1 << pixelBits;
    for (int code = 0; code < Math.min(clear, MOST_CODES); code++) {
      pixelsOf[code] = 1;
    }
  }

  /**
   * @throws UnreadablePhotoException if a code has no meaning, or codes end before the last pixel
   */
  static void check(byte[] file) throws UnreadablePhotoException {
    GifData data = GifData.ofFirstFrame(file);
    long pixels = data.pixels();
    int pixelBits = data.next();
    if (pixelBits >= MOST_BITS) {
      throw damaged();
    }
    new GifCodes(data, pixelBits).follow(pixels);
  }

  private void follow(long pixels) throws UnreadablePhotoException {
    restart();
    int last = -1;
    long made = 0;
    while (made < pixels) {
      int code = read();
      if (code == clear) {
        restart();
        last = -1;
      } else {
        requireKnown(code, last);
        add(last);
        made += pixelsOf[code];
        last = code;
      }
    }
  }

  private void restart() {
    next = clear + 2;
    codeBits = Integer.SIZE - Integer.numberOfLeadingZeros(clear);
  }

  /** Behind a restart stands a pixel; else a code of those so far, or the very next. */
  private void requireKnown(int code, int last) throws UnreadablePhotoException {
    if (code == clear + 1 || (last < 0 ? code > clear : code > next)) {
      throw damaged();
    }
  }

  /** The code before, and one pixel more, get a code, if there is room. */
  private void add(int last) {
    if (last < 0 || next >= MOST_CODES) {
      return;
    }
    pixelsOf[next] = pixelsOf[last] + 1;
    if (next == (1 << codeBits) - 1 && codeBits < MOST_BITS) {
      codeBits++;
    }
    next++;
  }

  private int read() throws UnreadablePhotoException {
    while (bitCount < codeBits) {
      bits |= data.nextOfData() << bitCount;
      bitCount += Byte.SIZE;
    }
    int code = bits & (1 << codeBits) - 1;
    bits >>>= codeBits;
    bitCount -= codeBits;
    return code;
  }

  private static UnreadablePhotoException damaged() {
    return new UnreadablePhotoException("damaged GIF file: a code without meaning");
  }
}
