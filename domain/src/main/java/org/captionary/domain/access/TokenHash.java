package org.captionary.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a token: all that is kept of it. A slow hash, as for passwords, makes guessing
 * dear; the tokens made here are 256 random bits, which nobody guesses at any rate, and a slow hash
 * would be paid for with each request.
 */
public final class TokenHash {

  /** Of a hash. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  public static TokenHash of(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return new TokenHash(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * A hash as {@link #bytes} gave it.
   *
   * @throws IllegalArgumentException unless it has {@value #BYTES} bytes
   */
  public static TokenHash ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash of " + bytes.length + " bytes");
    }
    return new TokenHash(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Takes the same time wherever two hashes differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Shows nothing, as it may come into a log. */
  @Override
  public String toString() {
    return "TokenHash";
  }
}
