package org.captionary.app.encoding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.Checksum;

/**
 * Writes an .npz array by array: a ZIP archive of one stored member {@code <name>.npy} for each, as
 * {@code numpy.savez} makes it, but the same bytes each time and every array aligned.
 *
 * <p>For each member: the local file header (30 bytes: signature, version, flags, method 0, the
 * date 1980-01-01, CRC-32, size twice, lengths of name and extra), the name, an extra field {@code
 * 0xD935} that pads until the member starts at a multiple of 64, then the {@link NpyHeader} and the
 * array. Then the central directory (46 bytes and the name for each member) and its end (22 bytes).
 * Flag 11 says that a name is not ASCII. What does not fit into the 32 bits of a size, offset or
 * count stands in ZIP64's extra field {@code 1} and end records, as the ZIP specification has it.
 *
 * <p>Until the end it holds the directory, some 60 bytes and the name for each member.
 */
final class NpzWriter {

  private static final int LOCAL = 30;
  private static final int CENTRAL = 46;
  private static final int END = 22;
  private static final int END_64 = 56 + 20;
  private static final int EXTRA_HEAD = 6;
  private static final int LARGE_LOCAL_EXTRA = 4 + 16;
  private static final short EXTRA_ID = (short) 0xD935;
  private static final short EXTRA_ID_64 = 1;
  private static final short VERSION = 20;
  private static final short VERSION_64 = 45;
  private static final short FIRST_OF_1980 = 0x21;
  private static final short UTF_8 = 1 << 11;
  private static final long MOST = 0xffffffffL;
  private static final int MOST_MEMBERS = 0xffff;

  private final OutputStream out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long members;
  private long offset;

  NpzWriter(OutputStream out) {
    this.out = out;
  }

  /** How many bytes an archive of these arrays has. */
  static long length(Iterable<BatchArray> arrays) {
    long members = 0;
    long offset = 0;
    long directory = 0;
    for (BatchArray array : arrays) {
      Member member = new Member(array, offset);
      members++;
      directory += member.directoryLength();
      offset += member.length();
    }
    return offset + directory + endLength(members, offset, directory);
  }

  void write(BatchArray array) throws IOException {
    Member member = new Member(array, offset);
    int crc = member.checksum();
    out.write(member.localHeader(crc));
    out.write(member.header);
    array.content().writeTo(out);
    directory.write(member.directoryEntry(crc));
    members++;
    offset += member.length();
  }

  /** Writes the directory; nothing may follow. */
  void end() throws IOException {
    directory.writeTo(out);
    long length = directory.size();
    if (endLength(members, offset, length) > END) {
      out.write(end64(length));
    }
    out.write(
        littleEndian(END)
            .putInt(0x06054b50)
            .putShort((short) 0)
            .putShort((short) 0)
            .putShort((short) Math.min(MOST_MEMBERS, members))
            .putShort((short) Math.min(MOST_MEMBERS, members))
            .putInt((int) Math.min(MOST, length))
            .putInt((int) Math.min(MOST, offset))
            .putShort((short) 0)
            .array());
  }

  private static int endLength(long members, long offset, long directory) {
    boolean large = members >= MOST_MEMBERS || offset >= MOST || directory >= MOST;
    return large ? END_64 + END : END;
  }

  /** ZIP64's end of directory, and where it stands. */
  private byte[] end64(long directoryLength) {
    return littleEndian(END_64)
        .putInt(0x06064b50)
        .putLong(44)
        .putShort(VERSION_64)
        .putShort(VERSION_64)
        .putInt(0)
        .putInt(0)
        .putLong(members)
        .putLong(members)
        .putLong(directoryLength)
        .putLong(offset)
        .putInt(0x07064b50)
        .putInt(0)
        .putLong(offset + directoryLength)
        .putInt(1)
        .array();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One array as a file of the archive. */
  private static final class Member {

    private final BatchArray array;
    private final byte[] name;
    private final byte[] header;
    private final long offset;
    private final long size;
    private final int padding;

    Member(BatchArray array, long offset) {
      this.array = array;
      this.offset = offset;
      name = (array.name() + ".npy").getBytes(StandardCharsets.UTF_8);
      header = NpyHeader.of(array);
      size = header.length + array.byteLength();
      long unpadded = offset + LOCAL + name.length + largeExtra() + EXTRA_HEAD;
      padding = (int) (-unpadded & (NpyHeader.ALIGNMENT - 1));
    }

    private boolean isLarge() {
      return size >= MOST;
    }

    private int largeExtra() {
      return isLarge() ? LARGE_LOCAL_EXTRA : 0;
    }

    private int localExtra() {
      return largeExtra() + EXTRA_HEAD + padding;
    }

    long length() {
      return LOCAL + name.length + localExtra() + size;
    }

    /** It stands before the array; where that of the array's rows is known, no pass is needed. */
    int checksum() throws IOException {
      CRC32 ofHeader = new CRC32();
      ofHeader.update(header);
      return (int)
          Checksum.joined(ofHeader.getValue(), array.content().checksum(), array.byteLength());
    }

    byte[] localHeader(int crc) {
      ByteBuffer local = littleEndian(LOCAL + name.length + localExtra());
      local.putInt(0x04034b50).putShort(isLarge() ? VERSION_64 : VERSION);
      putCommon(local, crc).putShort((short) localExtra()).put(name);
      if (isLarge()) {
        local.putShort(EXTRA_ID_64).putShort((short) 16).putLong(size).putLong(size);
      }
      local.putShort(EXTRA_ID).putShort((short) (Short.BYTES + padding));
      return local.putShort((short) NpyHeader.ALIGNMENT).array();
    }

    private int directoryExtra() {
      int numbers = (isLarge() ? 16 : 0) + (offset >= MOST ? 8 : 0);
      return numbers == 0 ? 0 : 4 + numbers;
    }

    int directoryLength() {
      return CENTRAL + name.length + directoryExtra();
    }

    byte[] directoryEntry(int crc) {
      ByteBuffer central = littleEndian(directoryLength());
      short version = directoryExtra() > 0 ? VERSION_64 : VERSION;
      central.putInt(0x02014b50).putShort(version).putShort(version);
      putCommon(central, crc).putShort((short) directoryExtra());
      central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
      central.putInt((int) Math.min(MOST, offset)).put(name);
      if (directoryExtra() > 0) {
        central.putShort(EXTRA_ID_64).putShort((short) (directoryExtra() - 4));
      }
      if (isLarge()) {
        central.putLong(size).putLong(size);
      }
      if (offset >= MOST) {
        central.putLong(offset);
      }
      return central.array();
    }

    /** Flags, method, time, date, checksum, sizes and the name's length. */
    private ByteBuffer putCommon(ByteBuffer target, int crc) {
      boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(array.name());
      return target
          .putShort(ascii ? 0 : UTF_8)
          .putShort((short) 0)
          .putShort((short) 0)
          .putShort(FIRST_OF_1980)
          .putInt(crc)
          .putInt((int) Math.min(MOST, size))
          .putInt((int) Math.min(MOST, size))
          .putShort((short) name.length);
    }
  }
}
