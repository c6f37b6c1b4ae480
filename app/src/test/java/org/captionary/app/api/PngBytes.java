package org.captionary.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG written chunk by chunk, so that any of them can be wrong. */
final class PngBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PngBytes() {
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
  }

  /** 8-bit RGB. */
  static PngBytes rgb(int width, int height) {
    return new PngBytes().header(width, height, 2);
  }

  PngBytes header(int width, int height, int colorType) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return chunk("IHDR", header.put((byte) 8).put((byte) colorType).array());
  }

  PngBytes chunk(String name, byte[] data) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(ISO_8859_1));
    sum.update(data);
    return chunk(name, data.length, data, (int) sum.getValue());
  }

  /** A chunk that may lie about its length and sum. */
  PngBytes chunk(String name, int length, byte[] data, int sum) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(name.getBytes(ISO_8859_1));
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(sum).array());
    return this;
  }

  /** Rows of zeros, with the filter's byte before each. */
  PngBytes rows(int height, int rowBytes) {
    return chunk("IDAT", packed(new byte[height * (rowBytes + 1)]));
  }

  byte[] end() {
    return chunk("IEND", new byte[0]).out.toByteArray();
  }

  static byte[] packed(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /** A text whose head stands before so many packed zeros. */
  static byte[] packedText(String head, int zeros) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(head.getBytes(ISO_8859_1));
    text.writeBytes(packed(new byte[zeros]));
    return text.toByteArray();
  }
}
