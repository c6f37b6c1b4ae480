package org.captionary.inference.photo;

import java.util.Arrays;
import java.util.Optional;

/** The formats that are read, told by their first bytes and never by a file's ending. */
enum ImageFormat {
  JPEG(true, 0xFF, 0xD8, 0xFF),
  PNG(false, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
  GIF(true, 'G', 'I', 'F', '8'),
  BMP(true, 'B', 'M');

  private final boolean endMeansTruncated;
  private final int[] magic;

  ImageFormat(boolean endMeansTruncated, int... magic) {
    this.endMeansTruncated = endMeansTruncated;
    this.magic = magic;
  }

  static Optional<ImageFormat> of(byte[] file) {
    return Arrays.stream(values()).filter(format -> format.begins(file)).findFirst();
  }

  /**
   * Whether a reader that met the end of the file had too little of it. The JPEG and GIF readers
   * fill the rest with grey and say nothing; Pillow refuses such a file.
   */
  boolean endMeansTruncated() {
    return endMeansTruncated;
  }

  private boolean begins(byte[] file) {
    if (file.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
