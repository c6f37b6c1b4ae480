package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonEncoderTest {

  @Test
  void nestsListsByShape() throws IOException {
    int[] values = {1, 2, 3, 4, 5, 6, 7, 8, -9, 10, 11, Integer.MAX_VALUE};
    assertThat(json(Arrays4.ints("a", values, 12L)))
        .isEqualTo("{\"a\":[1,2,3,4,5,6,7,8,-9,10,11,2147483647]}");
    assertThat(json(Arrays4.ints("a", values, 2L, 3L, 2L)))
        .isEqualTo("{\"a\":[[[1,2],[3,4],[5,6]],[[7,8],[-9,10],[11,2147483647]]]}");
    assertThat(json(Arrays4.ints("a", new int[] {5}, 1L, 1L))).isEqualTo("{\"a\":[[5]]}");
  }

  @Test
  void putsArraysUnderTheirNamesInOrder() throws IOException {
    BatchArray first = Arrays4.ints("b", new int[] {1}, 1L);
    BatchArray second = Arrays4.floats("a", new float[] {2}, 1L);
    assertThat(json(first, second)).isEqualTo("{\"b\":[1],\"a\":[2.0]}");
    assertThat(json()).isEqualTo("{}");
  }

  @Test
  void arraysWithoutElementsKeepTheirShape() throws IOException {
    assertThat(json(Arrays4.ints("a", new int[0], 0L))).isEqualTo("{\"a\":[]}");
    assertThat(json(Arrays4.ints("a", new int[0], 0L, 28L))).isEqualTo("{\"a\":[]}");
    assertThat(json(Arrays4.ints("a", new int[0], 2L, 0L))).isEqualTo("{\"a\":[[],[]]}");
    assertThat(json(Arrays4.ints("a", new int[0], 2L, 2L, 0L)))
        .isEqualTo("{\"a\":[[[],[]],[[],[]]]}");
    assertThat(json(Arrays4.ints("a", new int[0], 2L, 0L), Arrays4.ints("b", new int[1], 1L)))
        .isEqualTo("{\"a\":[[],[]],\"b\":[0]}");
  }

  @Test
  void floatsAreTheShortestThatReadBack() throws IOException {
    float[] values = {0.1f, 1f / 3, 123.68f, 16777216f, -0f, 1e-10f, Float.MIN_VALUE, 1e10f};
    assertThat(json(Arrays4.floats("a", values, 8L)))
        .isEqualTo("{\"a\":[0.1,0.33333334,123.68,1.6777216E7,-0.0,1.0E-10,1.4E-45,1.0E10]}");
  }

  @Test
  void everyFiniteFloatReadsBack() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(value) ? value : i;
    }
    String json = json(Arrays4.floats("a", values, (long) values.length));
    String[] texts = json.substring("{\"a\":[".length(), json.length() - 2).split(",");
    float[] read = new float[texts.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = Float.parseFloat(texts[i]);
      assertThat(texts[i].replaceAll("E.*|[-.]", "").length()).isLessThanOrEqualTo(12);
    }
    assertThat(read).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWhatJsonHasNoNumberFor(float value) {
    BatchArray array = Arrays4.floats("a", new float[] {1, value}, 2L);
    assertThatThrownBy(() -> json(array))
        .isInstanceOf(IOException.class)
        .hasMessage("JSON cannot hold the number " + value);
  }

  /** Content may come in pieces of any length, elements cut in two. */
  @Test
  void takesBytesAsTheyCome() throws IOException {
    BatchArray pieces =
        new BatchArray(
            "a",
            ElementType.INT32,
            List.of(3L),
            out -> {
              out.write(1);
              out.write(new byte[] {0, 0});
              out.write(new byte[] {9, 0, 2, 0, 9}, 1, 3);
              out.write(new byte[] {0, 0, 3, 0, 0, 0});
            });
    assertThat(json(pieces)).isEqualTo("{\"a\":[1,2,3]}");
  }

  private static String json(BatchArray... arrays) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonEncoder(new Batch(Arrays.asList(arrays))).writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
