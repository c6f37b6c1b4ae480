package org.captionary.app.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyHeaderTest {

  /** Format version 1.0: magic, version, length 118 ({@code v}), dictionary, spaces, line feed. */
  @Test
  void isVersionOneByteForByte() {
    byte[] header = NpyHeader.of(Arrays4.ints("a", new int[84], 3L, 28L));
    String dictionary = "{'descr': '<i4', 'fortran_order': False, 'shape': (3, 28), }";
    String expected = "\u0093NUMPY\u0001\u0000v\u0000" + dictionary + " ".repeat(57) + "\n";
    assertThat(new String(header, ISO_8859_1)).isEqualTo(expected);
  }

  @Test
  void tupleOfOneHasAComma() {
    String header = text(NpyHeader.of(Arrays4.floats("a", new float[5], 5L)));
    assertThat(header).contains("'descr': '<f4'").contains("'shape': (5,), }");
  }

  @Test
  void scalarHasAnEmptyTuple() {
    assertThat(text(NpyHeader.of(Arrays4.ints("a", new int[1])))).contains("'shape': (), }");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 10, 20, 40, 100})
  void lengthIsAMultipleOf64(int dimensions) {
    Long[] shape = new Long[dimensions];
    java.util.Arrays.fill(shape, 1L);
    byte[] header = NpyHeader.of(Arrays4.ints("a", new int[1], shape));
    assertThat(header.length % 64).isZero();
    assertThat(NpyArray.headerLength(header)).isEqualTo(header.length);
    assertThat(header[header.length - 1]).isEqualTo((byte) '\n');
  }

  private static String text(byte[] header) {
    return new String(header, ISO_8859_1);
  }
}
