package org.captionary.inference.photo;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Gathers the APP1 segments of a JPEG by Pillow's {@code JpegImagePlugin}. */
final class JpegMetadata {

  private static final int APP1 = 0xE1;
  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

  private final byte[] file;
  private final ByteArrayOutputStream exif = new ByteArrayOutputStream();
  private byte[] xmp = new byte[0];

  private JpegMetadata(byte[] file) {
    this.file = file;
  }

  static PhotoMetadata of(byte[] file) {
    JpegMetadata gathered = new JpegMetadata(file);
    JpegSegments.forEach(file, gathered::add);
    return new PhotoMetadata(gathered.exif.toByteArray(), gathered.xmp);
  }

  /** EXIF may go on in further segments; of XMP the last counts. */
  private void add(int marker, int at, int length) {
    if (marker != APP1) {
      return;
    }
    if (JpegSegments.says(file, at, length, EXIF)) {
      exif.write(file, at + EXIF.length(), length - EXIF.length());
    } else if (JpegSegments.says(file, at, length, XMP)) {
      xmp = Arrays.copyOfRange(file, at + XMP.length(), at + length);
    }
  }
}
