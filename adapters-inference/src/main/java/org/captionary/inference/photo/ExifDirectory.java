package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The first directory of EXIF, as Pillow's {@code TiffImagePlugin} reads it: a number of entries,
 * then of each the tag, the type, the count (16, 16 and 32 bits), and four bytes with the value or
 * where it stands.
 */
final class ExifDirectory {

  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY_BYTES = 12;

  /** Pillow takes the number 42 in either order of bytes. */
  private static final List<String> HEADERS = List.of("MM\0*", "II*\0", "MM*\0", "II\0*");

  private static final String PREFIX = "Exif\0\0";

  private final ByteBuffer tiff;
  private final boolean readable;

  private ExifDirectory(byte[] bytes) {
    String header = new String(bytes, 0, Math.min(4, bytes.length), ISO_8859_1);
    this.readable = bytes.length >= 8 && HEADERS.contains(header);
    this.tiff = ByteBuffer.wrap(bytes);
    tiff.order(header.startsWith("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /**
   * @param exif with or without the six bytes that stand before EXIF in a JPEG, or twice these
   */
  static ExifDirectory of(byte[] exif) {
    int from = 0;
    while (from < 2 * PREFIX.length() && startsAt(exif, from)) {
      from += PREFIX.length();
    }
    return new ExifDirectory(Arrays.copyOfRange(exif, from, exif.length));
  }

  private static boolean startsAt(byte[] exif, int from) {
    int end = Math.min(exif.length, from + PREFIX.length());
    return new String(exif, from, end - from, ISO_8859_1).equals(PREFIX);
  }

  boolean isReadable() {
    return readable;
  }

  /** Of the first entry that holds one; a directory that is cut short is read up to there. */
  OptionalInt orientation() {
    long at = tiff.getInt(4) & 0xffffffffL;
    if (at + 2 > tiff.limit()) {
      return OptionalInt.empty();
    }
    int entries = tiff.getShort((int) at) & 0xffff;
    int entry = (int) at + 2;
    for (int i = 0; i < entries && entry + ENTRY_BYTES <= tiff.limit(); i++) {
      OptionalInt value = orientationAt(entry);
      if (value.isPresent()) {
        return value;
      }
      entry += ENTRY_BYTES;
    }
    return OptionalInt.empty();
  }

  private OptionalInt orientationAt(int entry) {
    boolean single = tiff.getInt(entry + 4) == 1;
    if (!single || (tiff.getShort(entry) & 0xffff) != ORIENTATION) {
      return OptionalInt.empty();
    }
    return switch (tiff.getShort(entry + 2)) {
      case 3, 8 -> OptionalInt.of(tiff.getShort(entry + 8));
      case 4, 9 -> OptionalInt.of(tiff.getInt(entry + 8));
      default -> OptionalInt.empty();
    };
  }
}
