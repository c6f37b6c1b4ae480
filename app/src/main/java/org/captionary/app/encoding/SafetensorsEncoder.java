package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;

/**
 * Writes a batch as safetensors: the length of the header as little-endian uint64; the header, a
 * JSON object that gives under each array's name its {@code dtype} ({@code F32} or {@code I32}),
 * {@code shape} and {@code data_offsets} (begin and end, counted from the end of the header), with
 * spaces behind it up to a multiple of {@value #ALIGNMENT} bytes from the start of the file; then
 * the arrays, little-endian, in C order, in the order of the batch.
 *
 * <p>Every array starts at a multiple of {@value #ALIGNMENT} bytes of the file. The format allows
 * no holes, so where an array ends elsewhere a {@code U8} array {@code __padding_0__} (then 1, 2,
 * ...) of zeros fills the gap; there is none behind the last array. Readers leave out names that
 * begin with {@code __}.
 */
public final class SafetensorsEncoder implements EncodedBatch {

  private static final int ALIGNMENT = 64;

  private final List<Part> parts = new ArrayList<>();
  private final byte[] header;
  private final long dataLength;

  /** An array, or the padding behind it. */
  private record Part(String name, String dtype, List<Long> shape, long length, BatchArray array) {

    String entry(long begin) {
      return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
          .formatted(
              name,
              dtype,
              shape.stream().map(String::valueOf).collect(Collectors.joining(",")),
              begin,
              begin + length);
    }

    void writeTo(OutputStream out) throws IOException {
      if (array == null) {
        out.write(new byte[(int) length]);
      } else {
        array.content().writeTo(out);
      }
    }
  }

  public SafetensorsEncoder(Batch batch) {
    int last = batch.arrays().size() - 1;
    for (int i = 0; i <= last; i++) {
      add(batch.arrays().get(i), i < last);
    }
    dataLength = parts.stream().mapToLong(Part::length).sum();
    header = header();
  }

  private void add(BatchArray array, boolean padded) {
    String dtype = array.type() == ElementType.FLOAT32 ? "F32" : "I32";
    long length = array.byteLength();
    parts.add(new Part(array.name(), dtype, array.shape(), length, array));
    long gap = -length & (ALIGNMENT - 1);
    if (padded && gap > 0) {
      long number = parts.stream().filter(part -> part.array() == null).count();
      parts.add(new Part("__padding_" + number + "__", "U8", List.of(gap), gap, null));
    }
  }

  private byte[] header() {
    long begin = 0;
    List<String> entries = new ArrayList<>();
    for (Part part : parts) {
      entries.add(part.entry(begin));
      begin += part.length();
    }
    String json = "{" + String.join(",", entries) + "}";
    int gap = -(Long.BYTES + json.length()) & (ALIGNMENT - 1);
    byte[] text = (json + " ".repeat(gap)).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Long.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(header.length + dataLength);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(header);
    for (Part part : parts) {
      part.writeTo(out);
    }
  }
}
