package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.captionary.domain.photo.UnreadablePhotoException;

/** What Pillow's {@code PngStream} asks of each chunk, and what it takes from texts. */
final class PngChunks implements AutoCloseable {

  private static final int HEADER_BYTES = 13;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private static final Map<String, Integer> LEAST_BYTES =
      Map.of(
          "IHDR", HEADER_BYTES, "gAMA", 4, "cHRM", 32, "sRGB", 1, "pHYs", 9, "acTL", 8, "fcTL", 26);

  private static final String XMP = "XML:com.adobe.xmp";
  private static final String EXIF = "Raw profile type exif";

  private final byte[] file;
  private final PngTexts texts = new PngTexts();
  private PhotoMetadata metadata = PhotoMetadata.NONE;
  private int width;
  private int height;
  private int colorType;
  private boolean animated;

  PngChunks(byte[] file) {
    this.file = file;
  }

  PhotoMetadata metadata() {
    return metadata;
  }

  /** Whether the picture is grey without an alpha channel. */
  boolean isGrey() {
    return colorType == GREY;
  }

  /** Whether a chunk behind the data is that of a frame which is not read. */
  boolean beginsNextFrame(String name) {
    return animated && name.equals("fcTL");
  }

  /**
   * @param at where the data begins
   * @param length of the data
   */
  void visit(String name, int at, int length) throws UnreadablePhotoException {
    require(length >= LEAST_BYTES.getOrDefault(name, 0), name, "too short");
    switch (name) {
      case "IHDR" -> readHeader(at);
      case "tRNS" -> require(length >= leastTransparency(), name, "too short");
      case "acTL" -> animated = true;
      case "fcTL" -> requireWholePicture(at);
      case "eXIf" -> metadata = metadata.withExif(Arrays.copyOfRange(file, at, at + length));
      case "iCCP" -> texts.checkProfile(Arrays.copyOfRange(file, at, at + length));
      case "tEXt", "zTXt", "iTXt" ->
          take(texts.read(name, Arrays.copyOfRange(file, at, at + length)));
      default -> {}
    }
  }

  @Override
  public void close() {
    texts.close();
  }

  private static void require(boolean holds, String name, String problem)
      throws UnreadablePhotoException {
    if (!holds) {
      throw new UnreadablePhotoException("damaged PNG file: chunk %s: %s".formatted(name, problem));
    }
  }

  private void readHeader(int at) throws UnreadablePhotoException {
    width = intAt(at);
    height = intAt(at + 4);
    colorType = file[at + 9];
    require(file[at + 11] == 0, "IHDR", "unknown filters");
  }

  private int leastTransparency() {
    return colorType == RGB ? 6 : colorType == GREY ? 2 : 0;
  }

  /** As the format demands of a frame that is the picture itself; Pillow takes others too. */
  private void requireWholePicture(int at) throws UnreadablePhotoException {
    boolean whole =
        intAt(at + 4) == width
            && intAt(at + 8) == height
            && intAt(at + 12) == 0
            && intAt(at + 16) == 0;
    require(whole, "fcTL", "the first frame does not fill the picture");
    require(intAt(at) == 0, "fcTL", "frames are out of order");
  }

  private int intAt(int at) {
    return ByteBuffer.wrap(file).getInt(at);
  }

  private void take(PngTexts.Text text) {
    if (text.key().equals(XMP)) {
      metadata = metadata.withXmp(text.value());
    } else if (text.key().equals(EXIF) && metadata.exif().length == 0) {
      metadata = metadata.withExif(unhex(text.value()));
    }
  }

  /** ImageMagick's form: an empty line, the name, the length, then lines of hexadecimal digits. */
  private static byte[] unhex(byte[] value) {
    String[] lines = new String(value, ISO_8859_1).split("\n", 4);
    try {
      return HexFormat.of().parseHex(lines[lines.length - 1].replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
