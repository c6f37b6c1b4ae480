package org.captionary.inference.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** What a file of weights is, by its first bytes. */
enum FileKind {
  HDF5("\u0089HDF\r\n\u001a\n"),
  ZIP("PK\u0003\u0004");

  private static final int LONGEST = 64;

  private final byte[] signature;

  FileKind(String signature) {
    this.signature = signature.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * @throws UnusableWeightsException if it is neither, saying what the file looks like
   */
  static FileKind of(Path file) {
    FileStamp.of(file);
    byte[] head = head(file);
    return Arrays.stream(values())
        .filter(kind -> kind.begins(head))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableWeightsException(
                    "%s is neither an HDF5 file (.h5 of Keras) nor a zip (of DL4J): %s"
                        .formatted(file, looks(head))));
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LONGEST);
    } catch (IOException e) {
      throw new UnusableWeightsException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private boolean begins(byte[] head) {
    return head.length >= signature.length
        && Arrays.equals(signature, Arrays.copyOf(head, signature.length));
  }

  private static String looks(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (head.length == 0) {
      return "it is empty";
    }
    if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
      return "it is a web page, as a download that failed leaves it";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "it is a pointer of Git LFS, not the file itself";
    }
    return "it begins with the bytes "
        + HexFormat.of().formatHex(head, 0, Math.min(8, head.length));
  }
}
