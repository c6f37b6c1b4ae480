package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * The chunks of a PNG by Pillow's {@code PngImagePlugin}: what it refuses in them is refused, and
 * only those that decide the pixels go to the JDK's reader, which fails at others that mean
 * nothing.
 *
 * <p>A chunk: the length of its data and its name (4 bytes each), the data, a CRC-32 of name and
 * data. Of an animation the first frame is read, or the picture that stands for it.
 */
final class PngFile {

  private static final int SIGNATURE = 8;
  private static final int HEAD = 8;
  private static final int CRC = 4;
  private static final Pattern NAME = Pattern.compile("\\w{4}");
  private static final Set<String> BEFORE_DATA = Set.of("IHDR", "PLTE");
  private static final String DATA = "IDAT";
  private static final String END = "IEND";

  private final byte[] file;
  private final PngChunks chunks;
  private final ByteBuffer forPixels;
  private boolean endsInData;

  private PngFile(byte[] file, PngChunks chunks) {
    this.file = file;
    this.chunks = chunks;
    this.forPixels = ByteBuffer.allocate(file.length + CRC + HEAD + CRC);
  }

  /**
   * @param file that begins with PNG's signature
   * @throws UnreadablePhotoException if Pillow refuses a chunk
   */
  static PngFile of(byte[] file) throws UnreadablePhotoException {
    try (PngChunks chunks = new PngChunks(file)) {
      PngFile png = new PngFile(file, chunks);
      png.forPixels.put(file, 0, SIGNATURE);
      png.readAfterData(png.readData(png.readBeforeData()));
      return png;
    }
  }

  /** A PNG of nothing but what decides the pixels; of a file that is cut short it has less data. */
  EndNotingStream forPixels() {
    return new EndNotingStream(forPixels.array(), forPixels.position(), endsInData);
  }

  boolean isGrey() {
    return chunks.isGrey();
  }

  PhotoMetadata metadata() {
    return chunks.metadata();
  }

  /** Gives where the first chunk of data begins. */
  private int readBeforeData() throws UnreadablePhotoException {
    int at = SIGNATURE;
    while (isChunk(at) && !name(at).equals(END)) {
      if (name(at).equals(DATA)) {
        return at;
      }
      requireWhole(at);
      requireSum(at);
      chunks.visit(name(at), at + HEAD, (int) length(at));
      if (BEFORE_DATA.contains(name(at))) {
        forPixels.put(file, at, end(at) - at);
      }
      at = end(at);
    }
    throw at + HEAD > file.length
        ? truncated()
        : new UnreadablePhotoException("damaged PNG file: no picture data");
  }

  /** Gives where the first chunk behind the data begins. */
  private int readData(int first) {
    int at = first;
    while (isChunk(at) && name(at).equals(DATA)) {
      // One that is cut short gets the length it has: that may be all that the pixels need.
      int length = (int) Math.min(length(at), file.length - at - HEAD);
      putChunk(DATA, at + HEAD, length);
      at = end(at);
    }
    putChunk(END, at, 0);
    endsInData = at == file.length;
    return at;
  }

  /** The JDK's reader looks at no checksum. */
  private void putChunk(String name, int from, int length) {
    forPixels.putInt(length).put(name.getBytes(ISO_8859_1)).put(file, from, length).putInt(0);
  }

  /** Pillow reads on for texts, and does not mind what is no chunk or a wrong sum. */
  private void readAfterData(int first) throws UnreadablePhotoException {
    int at = first;
    while (isChunk(at) && !name(at).equals(END) && !chunks.beginsNextFrame(name(at))) {
      requireWhole(at);
      chunks.visit(name(at), at + HEAD, (int) length(at));
      at = end(at);
    }
  }

  private boolean isChunk(int at) {
    return at + HEAD <= file.length && NAME.matcher(name(at)).matches();
  }

  private String name(int at) {
    return new String(file, at + 4, 4, ISO_8859_1);
  }

  private long length(int at) {
    return ByteBuffer.wrap(file).getInt(at) & 0xffffffffL;
  }

  /** Behind the chunk, or of the file if that is cut short. */
  private int end(int at) {
    return (int) Math.min(file.length, at + HEAD + length(at) + CRC);
  }

  private void requireWhole(int at) throws UnreadablePhotoException {
    if (at + HEAD + length(at) > file.length) {
      throw truncated();
    }
  }

  private void requireSum(int at) throws UnreadablePhotoException {
    int sumAt = at + HEAD + (int) length(at);
    if (sumAt + CRC > file.length) {
      throw truncated();
    }
    CRC32 sum = new CRC32();
    sum.update(file, at + 4, sumAt - at - 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(sumAt)) {
      throw new UnreadablePhotoException(
          "damaged PNG file: wrong checksum of chunk %s".formatted(name(at)));
    }
  }

  private static UnreadablePhotoException truncated() {
    return new UnreadablePhotoException("truncated PNG file");
  }
}
