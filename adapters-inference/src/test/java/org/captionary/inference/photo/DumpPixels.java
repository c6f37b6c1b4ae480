package org.captionary.inference.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Decodes the files named, for a comparison with Pillow: writes beside each {@code name.rgb} with
 * 224 x 224 x 3 bytes for each rendering, or {@code name.refused} with the reason. The renderings'
 * ids stand in {@code name.renderings}, one a row; without that file it is Keras's.
 */
final class DumpPixels {

  private DumpPixels() {}

  public static void main(String[] files) {
    Arrays.stream(files).parallel().forEach(DumpPixels::dump);
  }

  private static void dump(String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      ByteArrayOutputStream rgb = new ByteArrayOutputStream();
      for (Rendering rendering : renderings(file)) {
        rgb.writeBytes(new PillowPhotoDecoder().decode(bytes, rendering).rgb());
      }
      Files.write(Path.of(file + ".rgb"), rgb.toByteArray());
    } catch (UnreadablePhotoException e) {
      write(file + ".refused", e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(file, e);
    }
  }

  private static List<Rendering> renderings(String file) throws IOException {
    Path ids = Path.of(file + ".renderings");
    if (!Files.exists(ids)) {
      return List.of(Rendering.KERAS);
    }
    return Files.readAllLines(ids).stream().map(DumpPixels::rendering).toList();
  }

  private static Rendering rendering(String id) {
    String[] parts = id.split("\\+");
    return new Rendering(Resize.byId(parts[0]).orElseThrow(), parts.length > 1);
  }

  private static void write(String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
