package org.captionary.domain.photo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/**
 * Decodes a made-up format: the letters {@code FAKE}, then any text, from which, and from the
 * rendering, the pixels are drawn. Everything else is unreadable.
 */
public final class FakePhotoDecoder implements PhotoDecoder {

  private static final String MAGIC = "FAKE";

  /** A file that this decoder reads; another text gives other pixels. */
  public static byte[] file(String text) {
    return (MAGIC + text).getBytes(UTF_8);
  }

  @Override
  public Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    String text = new String(file, UTF_8);
    if (!text.startsWith(MAGIC)) {
      throw new UnreadablePhotoException("does not begin with " + MAGIC);
    }
    byte[] rgb = new byte[Pixels.LENGTH];
    new SplittableRandom(text.hashCode() + rendering.id().hashCode()).nextBytes(rgb);
    return new Pixels(rgb);
  }
}
