package org.captionary.inference.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Decodes the files named, for a comparison with Pillow: writes beside each {@code name.rgb} with
 * 224 x 224 x 3 bytes, or {@code name.refused} with the reason.
 */
final class DumpPixels {

  private DumpPixels() {}

  public static void main(String[] files) throws IOException {
    PillowPhotoDecoder decoder = new PillowPhotoDecoder();
    for (String file : files) {
      try {
        Files.write(
            Path.of(file + ".rgb"), decoder.decode(Files.readAllBytes(Path.of(file))).rgb());
      } catch (UnreadablePhotoException e) {
        Files.writeString(Path.of(file + ".refused"), e.getMessage());
      }
    }
  }
}
