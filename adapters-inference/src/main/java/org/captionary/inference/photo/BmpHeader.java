package org.captionary.inference.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * The part of a BMP's header that the JDK's reader is not asked about: it would open a JPEG or PNG
 * inside the file, of any size.
 */
final class BmpHeader {

  private static final int INFO_SIZE = 14;
  private static final int COMPRESSION = 30;

  /** 0 none, 1 and 2 run lengths, 3 bit fields; 4 JPEG and 5 PNG Pillow refuses too. */
  private static final int LAST_COMPRESSION = 3;

  private BmpHeader() {}

  static void check(byte[] file) throws UnreadablePhotoException {
    if (file.length < COMPRESSION + 4) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long compression = header.getInt(COMPRESSION) & 0xffffffffL;
    if (header.getInt(INFO_SIZE) >= 40 && compression > LAST_COMPRESSION) {
      throw new UnreadablePhotoException("damaged BMP file: unknown compression " + compression);
    }
  }
}
