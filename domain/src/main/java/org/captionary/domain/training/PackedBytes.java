package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.List;

/** Bytes that are only added to, in chunks, so that growing copies nothing; less than 2 GiB. */
final class PackedBytes {

  private static final int CHUNK_BITS = 18;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  private final List<byte[]> chunks = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void put(byte[] bytes) {
    for (byte value : bytes) {
      put(value);
    }
  }

  private void put(byte value) {
    if (size == chunks.size() << CHUNK_BITS) {
      chunks.add(new byte[CHUNK]);
    }
    chunks.get(size >> CHUNK_BITS)[size & (CHUNK - 1)] = value;
    size = Math.incrementExact(size);
  }

  /**
   * Puts a number in LEB128: seven bits a byte, the lowest first.
   *
   * @param number 0 or more
   */
  void putNumber(int number) {
    int left = number;
    while (left > SEVEN_BITS) {
      put((byte) (left & SEVEN_BITS | MORE));
      left >>>= 7;
    }
    put((byte) left);
  }

  /** Reads from a place on. */
  Reader at(int offset) {
    return new Reader(offset);
  }

  final class Reader {

    private int offset;

    private Reader(int offset) {
      this.offset = offset;
    }

    private byte next() {
      byte value = chunks.get(offset >> CHUNK_BITS)[offset & (CHUNK - 1)];
      offset++;
      return value;
    }

    byte[] bytes(int length) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = next();
      }
      return bytes;
    }

    int number() {
      int number = 0;
      int shift = 0;
      byte value = next();
      while (value < 0) {
        number |= (value & SEVEN_BITS) << shift;
        shift += 7;
        value = next();
      }
      return number | value << shift;
    }
  }
}
