package org.captionary.inference.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Adler32;

/**
 * What a file's publisher says of its content: MD5 (32 hexadecimal digits) or Adler-32 (a number).
 */
record Checksum(Kind kind, String value) {

  private static final int PART = 1 << 20;

  enum Kind {
    MD5,
    ADLER32
  }

  static Checksum md5(String hex) {
    return new Checksum(Kind.MD5, hex);
  }

  static Checksum adler32(long value) {
    return new Checksum(Kind.ADLER32, Long.toString(value));
  }

  boolean fits(Path file) throws IOException {
    return value.equals(kind == Kind.MD5 ? md5(file) : adler32(file));
  }

  private static String md5(Path file) throws IOException {
    MessageDigest digest = newMd5();
    readAll(file, digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static String adler32(Path file) throws IOException {
    Adler32 sum = new Adler32();
    readAll(file, sum::update);
    return Long.toString(sum.getValue());
  }

  private interface Sink {
    void take(byte[] bytes, int from, int length);
  }

  private static void readAll(Path file, Sink sink) throws IOException {
    byte[] part = new byte[PART];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        sink.take(part, 0, length);
      }
    }
  }

  @Override
  public String toString() {
    return kind + " " + value;
  }
}
