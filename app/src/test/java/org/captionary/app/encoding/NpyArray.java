package org.captionary.app.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An .npy file as numpy understands it.
 *
 * @param descr {@code <f4} or {@code <i4}
 * @param data in C order
 */
public record NpyArray(String descr, List<Integer> shape, byte[] data) {

  private static final Pattern DICTIONARY =
      Pattern.compile(
          "\\{'descr': '(<[fi]4)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\} *\\n");

  static final int PREFIX = 10;

  static NpyArray parse(byte[] file) {
    assertThat(new String(file, 0, 8, ISO_8859_1)).isEqualTo("\u0093NUMPY\u0001\u0000");
    int header = headerLength(file);
    Matcher dictionary = DICTIONARY.matcher(new String(file, PREFIX, header - PREFIX, ISO_8859_1));
    assertThat(dictionary.matches()).isTrue();
    List<Integer> shape =
        Arrays.stream(dictionary.group(2).split(", *"))
            .filter(dimension -> !dimension.isEmpty())
            .map(Integer::valueOf)
            .toList();
    byte[] data = Arrays.copyOfRange(file, header, file.length);
    int elements = shape.stream().reduce(1, (a, b) -> a * b);
    assertThat(data).hasSize(4 * elements);
    return new NpyArray(dictionary.group(1), shape, data);
  }

  /** How many bytes stand before the data. */
  static int headerLength(byte[] file) {
    return PREFIX + Byte.toUnsignedInt(file[8]) + 256 * Byte.toUnsignedInt(file[9]);
  }

  public int[] ints() {
    assertThat(descr).isEqualTo("<i4");
    int[] values = new int[data.length / 4];
    littleEndian().asIntBuffer().get(values);
    return values;
  }

  public float[] floats() {
    assertThat(descr).isEqualTo("<f4");
    float[] values = new float[data.length / 4];
    littleEndian().asFloatBuffer().get(values);
    return values;
  }

  /** A row of the first dimension, as it stands. */
  public byte[] row(int number) {
    int length = data.length / shape.get(0);
    return Arrays.copyOfRange(data, number * length, (number + 1) * length);
  }

  private ByteBuffer littleEndian() {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }
}
