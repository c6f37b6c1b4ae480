package org.captionary.inference.photo;

import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Finds a GIF's first frame as Pillow's {@code GifImagePlugin} does, and gives its compressed data
 * byte by byte.
 *
 * <p>A screen: six bytes of name and version, width and height (16 bits each), flags, and two bytes
 * more. A frame: {@code ','}, left, top, width, height (16 bits each) and flags. A palette of 3 x
 * 2^(n + 1) bytes stands behind either whose flags have bit 7, n being their last three bits. Data
 * stands in blocks of up to 255 bytes behind their length, the last of none.
 */
final class GifData {

  private static final int SCREEN_FLAGS = 10;
  private static final int SCREEN_BYTES = 13;
  private static final int FRAME_BYTES = 9;

  private final byte[] file;
  private int at;
  private int leftInBlock;

  private GifData(byte[] file) {
    this.file = file;
  }

  static GifData ofFirstFrame(byte[] file) throws UnreadablePhotoException {
    GifData data = new GifData(file);
    data.at = SCREEN_BYTES + (SCREEN_FLAGS < file.length ? paletteBytes(file[SCREEN_FLAGS]) : 0);
    data.findFrame();
    return data;
  }

  private static int paletteBytes(byte flags) {
    return flags < 0 ? 3 << ((flags & 7) + 1) : 0;
  }

  /** Extensions are skipped, and so is what is none. */
  private void findFrame() throws UnreadablePhotoException {
    int kind = next();
    while (kind != ',') {
      if (kind == ';') {
        throw new UnreadablePhotoException("damaged GIF file: no picture");
      }
      if (kind == '!') {
        next();
        skipBlocks();
      }
      kind = next();
    }
  }

  private void skipBlocks() throws UnreadablePhotoException {
    int length = next();
    while (length > 0) {
      at += length;
      length = next();
    }
  }

  /** Reads the frame's head, and gives how many pixels it has; then comes the data. */
  long pixels() throws UnreadablePhotoException {
    int frame = at;
    at += FRAME_BYTES;
    require(at <= file.length);
    at += paletteBytes(file[at - 1]);
    return (long) size(frame + 4) * size(frame + 6);
  }

  private int size(int place) {
    return file[place] & 0xff | (file[place + 1] & 0xff) << 8;
  }

  /** The next byte, whatever it is. */
  int next() throws UnreadablePhotoException {
    require(at < file.length);
    return file[at++] & 0xff;
  }

  /** The next byte of data. */
  int nextOfData() throws UnreadablePhotoException {
    if (leftInBlock == 0) {
      leftInBlock = next();
      require(leftInBlock > 0);
    }
    leftInBlock--;
    return next();
  }

  private static void require(boolean holds) throws UnreadablePhotoException {
    if (!holds) {
      throw new UnreadablePhotoException("truncated GIF file");
    }
  }
}
