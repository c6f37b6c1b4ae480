package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/checks/check_scores.py} sends what numpy itself writes. */
public final class NpyIntegersTest {

  private static final String FIELD = "sequences";

  /** An .npz with an array of each content, compressed. */
  public static byte[] npz(byte[]... arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int number = 0; number < arrays.length; number++) {
        zip.putNextEntry(new ZipEntry("arr_" + number + ".npy"));
        zip.write(arrays[number]);
      }
    }
    return bytes.toByteArray();
  }

  public static byte[] npy(String descr, String shape, int... data) {
    return npy(
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape), data);
  }

  private static byte[] npy(String head, int... data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(head.length() + 1);
    bytes.write(0);
    bytes.writeBytes((head + "\n").getBytes(StandardCharsets.US_ASCII));
    Arrays.stream(data).forEach(bytes::write);
    return bytes.toByteArray();
  }

  private static List<long[]> rows(byte[] npz) throws IOException {
    return NpyIntegers.rows(new ByteArrayInputStream(npz), FIELD, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "|i1,1 255,1 -1",
    "|u1,1 255,1 255",
    "<i2,1 0 254 255,1 -2",
    ">u2,255 254,65534",
    "<i4,2 1 0 0,258",
    "<u4,255 255 255 255,4294967295",
    "<i8,255 255 255 255 255 255 255 255,-1",
    "<u8,255 255 255 255 255 255 255 255,-1",
  })
  void readsEachType(String descr, String data, String expected) throws IOException {
    String shape = "(%d,)".formatted(longs(expected).length);
    List<long[]> rows = rows(npz(npy(descr, shape, numbers(data))));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).containsExactly(longs(expected));
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static long[] longs(String text) {
    return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @Test
  void readsRows() throws IOException {
    assertThat(rows(npz(npy("|i1", "(2, 3)", 1, 2, 3, 4, 5, 6))))
        .containsExactly(new long[] {1, 2, 3}, new long[] {4, 5, 6});
    assertThat(rows(npz(npy("|i1", "(0, 3)")))).isEmpty();
    assertThat(rows(npz(npy("|i1", "(2, 0)")))).containsExactly(new long[0], new long[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|b1', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|i1', 'fortran_order': True, 'shape': (1, 1), }",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (), }",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (1, 1, 1), }",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (4, 1), }",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (1, 5), }",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (999999999999, 1), }",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }",
        "",
      })
  void refusesOtherArrays(String head) throws IOException {
    refused(npz(npy(head, 1, 1, 1, 1)));
  }

  @Test
  void refusesWhatIsNoNpzOfOneArray() throws IOException {
    refused(new byte[0]);
    refused("PK no zip".getBytes(StandardCharsets.US_ASCII));
    refused(npz("no array".getBytes(StandardCharsets.US_ASCII)));
    refused(npz());
    byte[] array = npy("|i1", "(1,)", 1);
    refused(npz(array, array));
    refused(Arrays.copyOf(npz(npy("|i1", "(3, 4)", new int[12])), 60));
  }

  @Test
  void boundsAllNumbersTogether() throws IOException {
    byte[] large = npz(npy("|i1", "(2048, 2049)"));
    assertThatThrownBy(
            () -> NpyIntegers.rows(new ByteArrayInputStream(large), FIELD, 1 << 16, 1 << 12))
        .hasMessageContaining("at most " + NpyIntegers.MOST_NUMBERS + " numbers");
  }

  private static void refused(byte[] npz) {
    assertThatThrownBy(() -> rows(npz))
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.field()).isEqualTo(FIELD));
  }
}
