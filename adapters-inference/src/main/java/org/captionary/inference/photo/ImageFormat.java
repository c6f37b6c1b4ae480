package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats that are read, told by their first bytes and never by a file's ending. */
enum ImageFormat {
  JPEG(true, "\u00ff\u00d8\u00ff"),
  PNG(false, "\u0089PNG\r\n\u001a\n"),
  GIF(true, "GIF8[79]a"),
  BMP(true, "BM");

  private static final int LOOKED_AT = 8;

  private final boolean endMeansTruncated;
  private final Pattern beginning;

  ImageFormat(boolean endMeansTruncated, String beginning) {
    this.endMeansTruncated = endMeansTruncated;
    this.beginning = Pattern.compile(beginning);
  }

  static Optional<ImageFormat> of(byte[] file) {
    String head = new String(file, 0, Math.min(file.length, LOOKED_AT), ISO_8859_1);
    return Arrays.stream(values())
        .filter(format -> format.beginning.matcher(head).lookingAt())
        .findFirst();
  }

  /**
   * Whether a reader that met the end of the file had too little of it. The JPEG and GIF readers
   * fill the rest with grey and say nothing; Pillow refuses such a file.
   */
  boolean endMeansTruncated() {
    return endMeansTruncated;
  }
}
