package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * The texts and colour profiles of a PNG, unpacked within Pillow's limits: 1 MiB each, 64 MiB
 * together (of which Pillow does not count profiles). One of damaged compressed data is empty.
 */
final class PngTexts implements AutoCloseable {

  private static final int MOST_EACH = 1 << 20;
  private static final int MOST_TOGETHER = 64 << 20;

  private final Inflater inflater = new Inflater();
  private final byte[] buffer = new byte[MOST_EACH + 1];
  private long together;

  /** A text by its key; of no key if the chunk has none. */
  record Text(String key, byte[] value) {}

  void checkProfile(byte[] chunk) throws UnreadablePhotoException {
    int compression = indexOfZero(chunk, 0) + 1;
    count("iCCP", unpacked("iCCP", chunk, compression));
  }

  /**
   * @param name {@code tEXt}: key, 0, text; {@code zTXt}: key, 0, 0, packed text; {@code iTXt}:
   *     key, 0, whether it is packed, 0, language, 0, translated key, 0, text
   */
  Text read(String name, byte[] chunk) throws UnreadablePhotoException {
    int keyEnd = indexOfZero(chunk, 0);
    String key = new String(chunk, 0, keyEnd, ISO_8859_1);
    byte[] value =
        switch (name) {
          case "tEXt" -> from(chunk, keyEnd + 1);
          case "zTXt" -> unpacked(name, chunk, keyEnd + 1);
          default -> international(chunk, keyEnd + 1);
        };
    count(name, value);
    return new Text(key, value);
  }

  private byte[] international(byte[] chunk, int at) throws UnreadablePhotoException {
    int text = indexOfZero(chunk, indexOfZero(chunk, at + 2) + 1) + 1;
    if (text > chunk.length || chunk[at] != 0 && chunk[at + 1] != 0) {
      return new byte[0];
    }
    return chunk[at] == 0 ? from(chunk, text) : inflated("iTXt", from(chunk, text));
  }

  /**
   * @param at where the method of compression stands, which can only be 0
   */
  private byte[] unpacked(String name, byte[] chunk, int at) throws UnreadablePhotoException {
    if (at < chunk.length && chunk[at] != 0) {
      throw refused(name, "unknown compression");
    }
    return inflated(name, from(chunk, at + 1));
  }

  private byte[] inflated(String name, byte[] packed) throws UnreadablePhotoException {
    inflater.reset();
    inflater.setInput(packed);
    try {
      int length = inflater.inflate(buffer);
      if (length > MOST_EACH) {
        throw refused(name, "unpacks to more than " + MOST_EACH + " bytes");
      }
      return Arrays.copyOf(buffer, length);
    } catch (DataFormatException e) {
      return new byte[0];
    }
  }

  private void count(String name, byte[] unpacked) throws UnreadablePhotoException {
    together += unpacked.length;
    if (together > MOST_TOGETHER) {
      throw refused(name, "texts of more than " + MOST_TOGETHER + " bytes together");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private static int indexOfZero(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    return at;
  }

  private static byte[] from(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
  }

  private static UnreadablePhotoException refused(String name, String problem) {
    return new UnreadablePhotoException("damaged PNG file: chunk %s: %s".formatted(name, problem));
  }
}
