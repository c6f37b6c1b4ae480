package org.captionary.domain.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.captionary.domain.photo.FeatureLayer;

/**
 * A named array of a batch. Its bytes are made while they are written, so that repeated rows and
 * one-hot rows are never held.
 *
 * @param name such as {@code sequences}
 * @param shape each 0 or more; C order
 * @param content writes just {@link #byteLength()} bytes, little-endian, the same each time
 */
public record BatchArray(String name, ElementType type, List<Long> shape, Content content) {

  private static final float ONE = 1.0f;

  public BatchArray {
    shape = List.copyOf(shape);
  }

  /** Something that can be written any number of times. */
  @FunctionalInterface
  public interface Content {

    void writeTo(OutputStream out) throws IOException;

    /** The CRC-32 of the bytes; by a pass over them, unless it is known. */
    default long checksum() throws IOException {
      CheckedOutputStream nowhere =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      writeTo(nowhere);
      return nowhere.getChecksum().getValue();
    }
  }

  /** Rows of one length, one behind the other. */
  private record Rows(List<? extends Content> rows, int rowLength) implements Content {

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (Content row : rows) {
        row.writeTo(out);
      }
    }

    @Override
    public long checksum() throws IOException {
      int shift = Checksum.shift(rowLength);
      int joined = 0;
      for (Content row : rows) {
        joined = Checksum.product(shift, joined) ^ (int) row.checksum();
      }
      return joined & 0xffffffffL;
    }
  }

  public long byteLength() {
    return shape.stream().reduce((long) ElementType.BYTES, Math::multiplyExact);
  }

  /** An int32 array over {@code values} in C order, not copied. */
  static BatchArray ofInts(String name, int[] values, long... shape) {
    byte[] bytes = bytes(values);
    return new BatchArray(name, ElementType.INT32, boxed(shape), out -> out.write(bytes));
  }

  /**
   * A float32 array of one photo's features, of the layer's shape.
   *
   * @param row the values, little-endian, not copied
   */
  public static BatchArray ofLayer(String name, FeatureLayer layer, byte[] row) {
    List<Long> shape = layer.shape().stream().map(Integer::longValue).toList();
    return new BatchArray(name, ElementType.FLOAT32, shape, PhotoRow.of(row));
  }

  /**
   * A float32 array of rows.
   *
   * @param rows the row of each place; the same row may stand in several
   * @param rowShape of one row
   */
  static BatchArray ofRows(String name, List<? extends Content> rows, List<Integer> rowShape) {
    long[] shape = new long[rowShape.size() + 1];
    shape[0] = rows.size();
    for (int i = 0; i < rowShape.size(); i++) {
      shape[i + 1] = rowShape.get(i);
    }
    int rowLength = rowShape.stream().reduce(ElementType.BYTES, Math::multiplyExact);
    return new BatchArray(name, ElementType.FLOAT32, boxed(shape), new Rows(rows, rowLength));
  }

  /**
   * A float32 array with a row of {@code width} for each class: 1 at its place, 0 elsewhere.
   *
   * @param shape that of {@code classes}, to which {@code width} is added
   */
  static BatchArray ofOneHot(String name, int[] classes, int width, long... shape) {
    Content content =
        out -> {
          ByteBuffer row = littleEndian(width);
          for (int c : classes) {
            row.putFloat(ElementType.BYTES * c, ONE);
            out.write(row.array());
            row.putFloat(ElementType.BYTES * c, 0);
          }
        };
    long[] whole = Arrays.copyOf(shape, shape.length + 1);
    whole[shape.length] = width;
    return new BatchArray(name, ElementType.FLOAT32, boxed(whole), content);
  }

  private static byte[] bytes(int[] values) {
    ByteBuffer bytes = littleEndian(values.length);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static ByteBuffer littleEndian(int elements) {
    return ByteBuffer.allocate(Math.multiplyExact(ElementType.BYTES, elements))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
