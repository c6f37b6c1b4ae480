package org.captionary.inference.photo;

/**
 * What decides a JPEG's colour space, by libjpeg's {@code default_decompress_parms}.
 *
 * @param jfif whether an APP0 segment says JFIF
 * @param adobeTransform of the APP14 segment (0 none, 1 YCbCr, 2 YCCK), or -1 without one
 * @param rgbIds whether the components are called R, G, B
 */
record JpegHeader(boolean jfif, int adobeTransform, boolean rgbIds) {

  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int SOS = 0xDA;

  /** Whether three components are red, green and blue as they stand, not YCbCr. */
  boolean isRgb() {
    return !jfif && (adobeTransform == 0 || adobeTransform < 0 && rgbIds);
  }

  /** Whether four components are YCCK, not CMYK. */
  boolean isYcck() {
    return adobeTransform > 0;
  }

  /** Reads the segments before the first scan; stops where they make no sense. */
  static JpegHeader parse(byte[] file) {
    JpegHeader header = new JpegHeader(false, -1, false);
    int at = 2;
    while (at + 4 <= file.length) {
      int marker = unsigned(file, at + 1);
      if (unsigned(file, at) != 0xFF || marker == 0xFF) {
        at++; // fill bytes before a marker
        continue;
      }
      if (marker == SOS) {
        break;
      }
      int length = unsigned(file, at + 2) << 8 | unsigned(file, at + 3);
      header = header.with(marker, file, at + 4, length - 2);
      at += 2 + length;
    }
    return header;
  }

  private JpegHeader with(int marker, byte[] file, int at, int length) {
    if (at + length > file.length) {
      return this;
    }
    if (marker == APP0 && length >= 14 && says(file, at, "JFIF\0")) {
      return new JpegHeader(true, adobeTransform, rgbIds);
    }
    if (marker == APP14 && length >= 12 && says(file, at, "Adobe")) {
      return new JpegHeader(jfif, unsigned(file, at + 11), rgbIds);
    }
    if (isFrame(marker) && length >= 15) {
      return new JpegHeader(jfif, adobeTransform, hasRgbIds(file, at));
    }
    return this;
  }

  /** SOF0 to SOF15, between which DHT, JPG and DAC stand. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** A frame: precision, height, width, number of components, then three bytes for each. */
  private static boolean hasRgbIds(byte[] file, int at) {
    return file[at + 6] == 'R' && file[at + 9] == 'G' && file[at + 12] == 'B';
  }

  private static boolean says(byte[] file, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (file[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int unsigned(byte[] file, int at) {
    return file[at] & 0xff;
  }
}
