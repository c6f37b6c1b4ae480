package org.captionary.app.encoding;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a photo's file is, by its first bytes: names may end as they like. */
public enum PhotoType {
  JPEG("jpg", "image/jpeg", 0, 0xff, 0xd8),
  PNG("png", "image/png", 0, 0x89, 'P', 'N', 'G'),
  GIF("gif", "image/gif", 0, 'G', 'I', 'F'),
  BMP("bmp", "image/bmp", 0, 'B', 'M'),
  WEBP("webp", "image/webp", 8, 'W', 'E', 'B', 'P');

  private final String ending;
  private final String mediaType;
  private final int offset;
  private final int[] magic;

  PhotoType(String ending, String mediaType, int offset, int... magic) {
    this.ending = ending;
    this.mediaType = mediaType;
    this.offset = offset;
    this.magic = magic;
  }

  /** Of a file; empty if it is none of these. */
  public static Optional<PhotoType> of(byte[] file) {
    return Arrays.stream(values()).filter(type -> type.begins(file)).findFirst();
  }

  private boolean begins(byte[] file) {
    return file.length >= offset + magic.length
        && IntStream.range(0, magic.length).allMatch(i -> (file[offset + i] & 0xff) == magic[i]);
  }

  /** Such as {@code jpg}. */
  public String ending() {
    return ending;
  }

  public String mediaType() {
    return mediaType;
  }
}
