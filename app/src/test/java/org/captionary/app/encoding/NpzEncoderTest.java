package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpzEncoderTest {

  private static final Batch BATCH =
      new Batch(
          List.of(
              Arrays4.floats("photos", new float[] {1.5f, -2, Float.NaN, 4, 5, 6}, 2L, 3L),
              Arrays4.ints("photo_index", new int[] {0, 0, 1}, 3L),
              Arrays4.ints("targets", new int[] {7, Integer.MIN_VALUE, 9}, 3L)));

  @Test
  void holdsTheArraysInTheirOrder() throws IOException {
    Map<String, NpyArray> arrays = NpzFile.read(encoded(BATCH));
    assertThat(arrays.keySet()).containsExactly("photos", "photo_index", "targets");
    assertThat(arrays.get("photos").shape()).containsExactly(2, 3);
    assertThat(arrays.get("photos").floats()).containsExactly(1.5f, -2, Float.NaN, 4, 5, 6);
    assertThat(arrays.get("photo_index").shape()).containsExactly(3);
    assertThat(arrays.get("photo_index").ints()).containsExactly(0, 0, 1);
    assertThat(arrays.get("targets").ints()).containsExactly(7, Integer.MIN_VALUE, 9);
  }

  @Test
  void tellsItsLength() throws IOException {
    assertThat(encoded(BATCH)).hasSize(Math.toIntExact(new NpzEncoder(BATCH).length().getAsLong()));
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    NpzEncoder once = new NpzEncoder(BATCH);
    assertThat(written(once)).isEqualTo(written(once)).isEqualTo(encoded(BATCH));
  }

  @Test
  void holdsArraysWithoutElements() throws IOException {
    Batch empty = new Batch(List.of(Arrays4.ints("a", new int[0], 0L, 28L), BATCH.arrays().get(1)));
    Map<String, NpyArray> arrays = NpzFile.read(encoded(empty));
    assertThat(arrays.get("a").shape()).containsExactly(0, 28);
    assertThat(arrays.get("photo_index").ints()).containsExactly(0, 0, 1);
  }

  @Test
  void mayHoldNothing() throws IOException {
    assertThat(encoded(new Batch(List.of()))).hasSize(22);
  }

  /** Whatever stands before an array, it is aligned; {@link NpzFile} looks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 31, 32, 33, 63, 64, 65})
  void alignsWhateverStandsBefore(int step) throws IOException {
    List<BatchArray> arrays = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int length = i * step;
      arrays.add(Arrays4.ints("a".repeat(i + 1), new int[length], (long) length));
    }
    assertThat(NpzFile.read(encoded(new Batch(arrays)))).hasSize(10);
  }

  private static byte[] encoded(Batch batch) throws IOException {
    return written(new NpzEncoder(batch));
  }

  private static byte[] written(NpzEncoder encoder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.writeTo(out);
    return out.toByteArray();
  }
}
