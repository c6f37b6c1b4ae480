package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;

/**
 * Writes a batch as .npz: a ZIP archive of one stored member {@code <name>.npy} for each array, as
 * {@code numpy.savez} makes it, but the same bytes each time and every array aligned.
 *
 * <p>For each member: the local file header (30 bytes: signature, version 2.0, no flags, method 0,
 * the date 1980-01-01, CRC-32, size twice, lengths of name and extra), the name, an extra field
 * {@code 0xD935} that pads until the member starts at a multiple of 64, then the {@link NpyHeader}
 * and the array. Then the central directory (46 bytes and the name for each member) and its end (22
 * bytes). No ZIP64: a batch stays below 4 GiB.
 */
public final class NpzEncoder {

  private static final int LOCAL = 30;
  private static final int CENTRAL = 46;
  private static final int END = 22;
  private static final int EXTRA_HEAD = 6;
  private static final short EXTRA_ID = (short) 0xD935;
  private static final short VERSION = 20;
  private static final short FIRST_OF_1980 = 0x21;

  private final List<Member> members = new ArrayList<>();
  private final long directoryOffset;

  public NpzEncoder(Batch batch) {
    long offset = 0;
    for (BatchArray array : batch.arrays()) {
      Member member = new Member(array, offset);
      members.add(member);
      offset += member.length();
    }
    directoryOffset = offset;
  }

  /** How many bytes {@link #writeTo} writes. */
  public long length() {
    return directoryOffset + directoryLength() + END;
  }

  public void writeTo(OutputStream out) throws IOException {
    for (Member member : members) {
      member.writeTo(out);
    }
    for (Member member : members) {
      out.write(member.directoryEntry());
    }
    out.write(end());
  }

  private long directoryLength() {
    return members.stream().mapToLong(member -> CENTRAL + member.name.length).sum();
  }

  private byte[] end() {
    return littleEndian(END)
        .putInt(0x06054b50)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) members.size())
        .putShort((short) members.size())
        .putInt((int) directoryLength())
        .putInt((int) directoryOffset)
        .putShort((short) 0)
        .array();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One array as a file of the archive. */
  private static final class Member {

    private final byte[] name;
    private final byte[] header;
    private final BatchArray array;
    private final long offset;
    private final int padding;
    private int crc;

    Member(BatchArray array, long offset) {
      this.array = array;
      this.offset = offset;
      name = (array.name() + ".npy").getBytes(StandardCharsets.US_ASCII);
      header = NpyHeader.of(array);
      long unpadded = offset + LOCAL + name.length + EXTRA_HEAD;
      padding = (int) (-unpadded & (NpyHeader.ALIGNMENT - 1));
    }

    long length() {
      return LOCAL + name.length + EXTRA_HEAD + padding + size();
    }

    private long size() {
      return header.length + array.byteLength();
    }

    void writeTo(OutputStream out) throws IOException {
      // The checksum stands before the array, which is cheaper to write twice than to hold.
      crc = checksum();
      out.write(localHeader());
      writeContent(out);
    }

    private int checksum() throws IOException {
      CheckedOutputStream nowhere =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      writeContent(nowhere);
      return (int) nowhere.getChecksum().getValue();
    }

    private void writeContent(OutputStream out) throws IOException {
      out.write(header);
      array.content().writeTo(out);
    }

    private byte[] localHeader() {
      ByteBuffer local = littleEndian(LOCAL + name.length + EXTRA_HEAD + padding);
      local.putInt(0x04034b50).putShort(VERSION);
      putCommon(local).putShort((short) (EXTRA_HEAD + padding)).put(name);
      local.putShort(EXTRA_ID).putShort((short) (Short.BYTES + padding));
      return local.putShort((short) NpyHeader.ALIGNMENT).array();
    }

    byte[] directoryEntry() {
      ByteBuffer central = littleEndian(CENTRAL + name.length);
      central.putInt(0x02014b50).putShort(VERSION).putShort(VERSION);
      putCommon(central).putShort((short) 0).putShort((short) 0).putShort((short) 0);
      return central.putShort((short) 0).putInt(0).putInt((int) offset).put(name).array();
    }

    /** Flags, method, time, date, checksum, sizes and the name's length. */
    private ByteBuffer putCommon(ByteBuffer target) {
      return target
          .putShort((short) 0)
          .putShort((short) 0)
          .putShort((short) 0)
          .putShort(FIRST_OF_1980)
          .putInt(crc)
          .putInt((int) size())
          .putInt((int) size())
          .putShort((short) name.length);
    }
  }
}
