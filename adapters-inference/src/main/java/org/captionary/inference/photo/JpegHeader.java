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
    JpegHeader[] header = {new JpegHeader(false, -1, false)};
    JpegSegments.forEach(
        file, (marker, at, length) -> header[0] = header[0].with(marker, file, at, length));
    return header[0];
  }

  private JpegHeader with(int marker, byte[] file, int at, int length) {
    if (marker == APP0 && length >= 14 && JpegSegments.says(file, at, length, "JFIF\0")) {
      return new JpegHeader(true, adobeTransform, rgbIds);
    }
    if (marker == APP14 && length >= 12 && JpegSegments.says(file, at, length, "Adobe")) {
      return new JpegHeader(jfif, JpegSegments.unsigned(file, at + 11), rgbIds);
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
}
