package org.captionary.persistence.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Damages files at random places, of one seed always in the same way. */
final class Mutation {

  private static final byte[] TELLING =
      "\"\"\n\n\r\\,|\t#{}[]: 0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final SplittableRandom random;

  Mutation(long seed) {
    random = new SplittableRandom(seed);
  }

  byte[] of(byte[] file) {
    byte[] damaged = file;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] file) {
    int at = random.nextInt(file.length + 1);
    int length = Math.min(file.length - at, random.nextInt(1, random.nextBoolean() ? 4 : 60));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> at = flip(file, at, out);
      case 1 -> at += length;
      case 2 -> insert(out);
      case 3 -> at = random.nextInt(4) == 0 ? file.length : at;
      case 4 -> out.write(file, at, length);
      default -> out.write(TELLING[random.nextInt(TELLING.length)]);
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  private int flip(byte[] file, int at, ByteArrayOutputStream out) {
    if (at == file.length) {
      return at;
    }
    out.write(file[at] ^ 1 << random.nextInt(8));
    return at + 1;
  }

  private void insert(ByteArrayOutputStream out) {
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      out.write(random.nextInt(256));
    }
  }
}
