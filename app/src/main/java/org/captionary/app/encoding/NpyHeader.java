package org.captionary.app.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;

/**
 * The head of an .npy file, version 1.0 of numpy's format: the bytes {@code \x93NUMPY}, 1, 0; the
 * length of the rest as little-endian uint16; a Python dictionary of {@code descr}, {@code
 * fortran_order} and {@code shape}; spaces and a line feed up to a multiple of {@value #ALIGNMENT}
 * bytes, so that the array behind it starts aligned.
 */
final class NpyHeader {

  static final int ALIGNMENT = 64;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyHeader() {}

  static byte[] of(BatchArray array) {
    byte[] dictionary = dictionary(array).getBytes(StandardCharsets.US_ASCII);
    int unpadded = MAGIC.length + Short.BYTES + dictionary.length + 1;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int rest = length - MAGIC.length - Short.BYTES;
    ByteArrayOutputStream header = new ByteArrayOutputStream(length);
    header.writeBytes(MAGIC);
    header.write(rest);
    header.write(rest >> Byte.SIZE);
    header.writeBytes(dictionary);
    header.writeBytes(" ".repeat(length - unpadded).getBytes(StandardCharsets.US_ASCII));
    header.write('\n');
    return header.toByteArray();
  }

  private static String dictionary(BatchArray array) {
    String descr = array.type() == ElementType.FLOAT32 ? "<f4" : "<i4";
    String shape = array.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String comma = array.shape().size() == 1 ? "," : "";
    return "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
        .formatted(descr, shape, comma);
  }
}
