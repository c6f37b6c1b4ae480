package org.captionary.inference.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * The part of a BMP's header that the JDK's reader is not asked about: it would open a JPEG or PNG
 * inside the file, of any size.
 */
final class BmpHeader {

  private static final int LENGTH = 2;
  private static final int INFO_SIZE = 14;

  /** Of a smaller header, that of OS/2, less is known. */
  private static final int LEAST_INFO = 40;

  private static final int BITS = 28;
  private static final int COMPRESSION = 30;
  private static final int COLORS = 46;
  private static final int PIXELS = 10;
  private static final int MOST_COLORS = 1 << 16;

  /** 0 none, 1 and 2 run lengths, 3 bit fields; 4 JPEG and 5 PNG Pillow refuses too. */
  private static final int LAST_COMPRESSION = 3;

  private BmpHeader() {}

  /** A copy that claims to be long enough: the reader looks at that, Pillow does not. */
  static byte[] withAnyLength(byte[] file) {
    byte[] copy = file.clone();
    if (file.length >= PIXELS) {
      ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(LENGTH, Integer.MAX_VALUE);
    }
    return copy;
  }

  static void check(byte[] file) throws UnreadablePhotoException {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < COLORS + 4 || header.getInt(INFO_SIZE) < LEAST_INFO) {
      return;
    }
    long compression = header.getInt(COMPRESSION) & 0xffffffffL;
    if (compression > LAST_COMPRESSION) {
      throw new UnreadablePhotoException("damaged BMP file: unknown compression " + compression);
    }
    if (header.getShort(BITS) <= 8) {
      checkPalette(header);
    }
  }

  /** The reader would find the palette's length by where pixels begin. */
  private static void checkPalette(ByteBuffer header) throws UnreadablePhotoException {
    long given = header.getInt(COLORS) & 0xffffffffL;
    long colors = given == 0 ? 1L << header.getShort(BITS) : given;
    long end = INFO_SIZE + header.getInt(INFO_SIZE) + 4 * colors;
    if (colors > MOST_COLORS || end > (header.getInt(PIXELS) & 0xffffffffL)) {
      throw new UnreadablePhotoException(
          "damaged BMP file: a palette of %d colours".formatted(colors));
    }
  }
}
