package org.captionary.domain.training;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.captionary.domain.photo.Pixels;

/** A photo's row on the heap; its checksum is made once. */
abstract class PhotoRow implements RowMemory.Row {

  private long checksum = -1;

  static PhotoRow of(byte[] features) {
    return new OfFeatures(features);
  }

  static PhotoRow of(Pixels pixels) {
    return new OfPixels(pixels);
  }

  abstract byte[] bytes();

  @Override
  public final boolean hold() {
    return true;
  }

  @Override
  public final void giveBack() {
    // The garbage collector sees to it.
  }

  @Override
  public final void writeTo(OutputStream out) throws IOException {
    out.write(bytes());
  }

  @Override
  public final long checksum() {
    // Two threads may both make it: of the same bytes, the same.
    if (checksum < 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes());
      checksum = crc.getValue();
    }
    return checksum;
  }

  private static final class OfFeatures extends PhotoRow {

    private final byte[] bytes;

    OfFeatures(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    byte[] bytes() {
      return bytes;
    }

    @Override
    public int heldBytes() {
      return bytes.length;
    }
  }

  /** Four times as large as float32 as they are kept, so that is made while they are written. */
  private static final class OfPixels extends PhotoRow {

    private final Pixels pixels;

    OfPixels(Pixels pixels) {
      this.pixels = pixels;
    }

    @Override
    byte[] bytes() {
      return pixels.toVgg16InputBytes();
    }

    @Override
    public int heldBytes() {
      return Pixels.LENGTH;
    }
  }
}
