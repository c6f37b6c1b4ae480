package org.captionary.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsEncoderTest {

  @Test
  void holdsTheArraysInTheirOrder() throws IOException {
    byte[] file =
        encoded(
            Arrays4.floats("photos", new float[] {1.5f, -2, Float.NaN, 4, 5, 6}, 2L, 3L),
            Arrays4.ints("targets", new int[] {7, Integer.MIN_VALUE}, 2L));
    JsonNode header = header(file);

    assertThat(names(header)).containsExactly("photos", "__padding_0__", "targets");
    assertThat(header.at("/photos/dtype").asText()).isEqualTo("F32");
    assertThat(header.at("/photos/shape").toString()).isEqualTo("[2,3]");
    assertThat(header.at("/photos/data_offsets").toString()).isEqualTo("[0,24]");
    assertThat(header.at("/__padding_0__").toString())
        .isEqualTo("{\"dtype\":\"U8\",\"shape\":[40],\"data_offsets\":[24,64]}");
    assertThat(header.at("/targets/dtype").asText()).isEqualTo("I32");
    ByteBuffer targets = data(file, header, "targets");
    assertThat(targets.getInt()).isEqualTo(7);
    assertThat(targets.getInt()).isEqualTo(Integer.MIN_VALUE);
    assertThat(data(file, header, "photos").getFloat()).isEqualTo(1.5f);
  }

  /** The format allows no holes, and every array starts at a multiple of 64 bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 64})
  void leavesNoHoleAndAlignsEveryArray(int step) throws IOException {
    List<BatchArray> arrays = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int length = i * step;
      arrays.add(Arrays4.ints("a".repeat(i + 1), new int[length], (long) length));
    }
    byte[] file = encoded(arrays.toArray(BatchArray[]::new));
    JsonNode header = header(file);
    int start = file.length - header.at("/aaaaaaaa/data_offsets/1").asInt();
    long end = 0;
    for (JsonNode entry : header) {
      assertThat(entry.at("/data_offsets/0").asLong()).isEqualTo(end);
      end = entry.at("/data_offsets/1").asLong();
      if (entry.at("/dtype").asText().equals("I32")) {
        assertThat((start + entry.at("/data_offsets/0").asLong()) % 64).isZero();
      }
    }
    assertThat(start + end).isEqualTo(file.length);
  }

  @Test
  void mayHoldNothing() throws IOException {
    assertThat(header(encoded()).isEmpty()).isTrue();
  }

  private static byte[] encoded(BatchArray... arrays) throws IOException {
    SafetensorsEncoder encoder = new SafetensorsEncoder(new Batch(List.of(arrays)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.writeTo(out);
    assertThat(encoder.length().getAsLong()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static JsonNode header(byte[] file) throws IOException {
    int length = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    assertThat((8 + length) % 64).isZero();
    return new ObjectMapper().readTree(file, 8, length);
  }

  private static List<String> names(JsonNode header) {
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static ByteBuffer data(byte[] file, JsonNode header, String name) {
    int start = 8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int begin = header.at("/" + name + "/data_offsets/0").asInt();
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(start + begin);
  }
}
