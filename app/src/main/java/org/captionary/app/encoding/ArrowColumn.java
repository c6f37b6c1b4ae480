package org.captionary.app.encoding;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * A column of an Arrow record batch, gathered value by value. Numbers in its field's table are
 * those of Arrow's {@code Schema.fbs}.
 */
abstract class ArrowColumn {

  private static final int NAME = 0;
  private static final int NULLABLE = 1;
  private static final int TYPE_TYPE = 2;
  private static final int TYPE = 3;
  private static final int CHILDREN = 5;
  private static final int FIELDS_OF_FIELD = 7;

  private final String name;
  private final byte typeId;
  final List<ArrowColumn> children;
  private BitSet valid = new BitSet();
  private int length;

  /**
   * @param typeId of Arrow's union {@code Type}
   */
  ArrowColumn(String name, int typeId, List<ArrowColumn> children) {
    this.name = name;
    this.typeId = (byte) typeId;
    this.children = children;
  }

  /** Writes the type's table. */
  abstract int type(FlatBufferBuilder schema);

  /** Adds the buffers behind that of validity, those of children left out. */
  abstract void addData(List<byte[]> buffers);

  abstract void clearData();

  final void next(boolean isValid) {
    valid.set(length++, isValid);
  }

  final int length() {
    return length;
  }

  final int field(FlatBufferBuilder schema) {
    int nameAt = schema.createString(name);
    int typeAt = type(schema);
    int[] childrenAt = children.stream().mapToInt(child -> child.field(schema)).toArray();
    int vectorAt = ArrowMetadata.vector(schema, childrenAt);
    schema.startTable(FIELDS_OF_FIELD);
    schema.addOffset(NAME, nameAt, 0);
    schema.addBoolean(NULLABLE, true, false);
    schema.addByte(TYPE_TYPE, typeId, 0);
    schema.addOffset(TYPE, typeAt, 0);
    schema.addOffset(CHILDREN, vectorAt, 0);
    return schema.endTable();
  }

  /** Adds lengths and counts of nulls, and buffers, its own before those of its children. */
  final void collect(List<long[]> nodes, List<byte[]> buffers) {
    int nulls = length - valid.cardinality();
    nodes.add(new long[] {length, nulls});
    buffers.add(nulls == 0 ? new byte[0] : bits());
    addData(buffers);
    children.forEach(child -> child.collect(nodes, buffers));
  }

  final void clear() {
    valid = new BitSet();
    length = 0;
    clearData();
    children.forEach(ArrowColumn::clear);
  }

  private byte[] bits() {
    byte[] bits = new byte[(length + Byte.SIZE - 1) / Byte.SIZE];
    byte[] set = valid.toByteArray();
    System.arraycopy(set, 0, bits, 0, set.length);
    return bits;
  }

  static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** A column of values of one width. */
  private abstract static class Fixed extends ArrowColumn {

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();

    Fixed(String name, int typeId) {
      super(name, typeId, List.of());
    }

    final void put(byte[] bytes) {
      values.writeBytes(bytes);
    }

    @Override
    final void addData(List<byte[]> buffers) {
      buffers.add(values.toByteArray());
    }

    @Override
    final void clearData() {
      values.reset();
    }
  }

  /** Where values of different lengths end; the first begins at 0. */
  private static final class Offsets {

    private final ByteArrayOutputStream ends = new ByteArrayOutputStream();

    Offsets() {
      clear();
    }

    void end(int at) {
      ends.writeBytes(littleEndian(at));
    }

    byte[] bytes() {
      return ends.toByteArray();
    }

    void clear() {
      ends.reset();
      end(0);
    }
  }

  private static int emptyTable(FlatBufferBuilder schema) {
    schema.startTable(0);
    return schema.endTable();
  }

  /** {@code utf8}. */
  static final class Text extends ArrowColumn {

    private final Offsets offsets = new Offsets();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Text(String name) {
      super(name, 5, List.of());
    }

    /**
     * @param text may be null
     */
    void add(String text) {
      next(text != null);
      if (text != null) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      }
      offsets.end(bytes.size());
    }

    @Override
    int type(FlatBufferBuilder schema) {
      return emptyTable(schema);
    }

    @Override
    void addData(List<byte[]> buffers) {
      buffers.add(offsets.bytes());
      buffers.add(bytes.toByteArray());
    }

    @Override
    void clearData() {
      offsets.clear();
      bytes.reset();
    }
  }

  /** {@code int32}. */
  static final class Whole extends Fixed {

    Whole(String name) {
      super(name, 2);
    }

    void add(int value) {
      next(true);
      put(littleEndian(value));
    }

    @Override
    int type(FlatBufferBuilder schema) {
      schema.startTable(2);
      schema.addInt(0, Integer.SIZE, 0);
      schema.addBoolean(1, true, false);
      return schema.endTable();
    }
  }

  /** {@code float32}, only as the child of {@link Floats}. */
  private static final class Single extends Fixed {

    Single() {
      super("item", 3);
    }

    @Override
    int type(FlatBufferBuilder schema) {
      schema.startTable(1);
      schema.addShort(0, (short) 1, 0);
      return schema.endTable();
    }
  }

  /** {@code fixed_size_list<float32>}. */
  static final class Floats extends ArrowColumn {

    private final int size;
    private final Single values;

    /**
     * @param size of each list
     */
    Floats(String name, int size) {
      this(name, size, new Single());
    }

    private Floats(String name, int size, Single values) {
      super(name, 16, List.of(values));
      this.size = size;
      this.values = values;
    }

    /**
     * @param row little-endian; null for none
     */
    void add(byte[] row) {
      next(row != null);
      values.put(row == null ? new byte[size * Float.BYTES] : row);
      for (int i = 0; i < size; i++) {
        values.next(true);
      }
    }

    @Override
    int type(FlatBufferBuilder schema) {
      schema.startTable(1);
      schema.addInt(0, size, 0);
      return schema.endTable();
    }

    @Override
    void addData(List<byte[]> buffers) {}

    @Override
    void clearData() {}
  }

  /** {@code list}; its items are added to the child before. */
  static final class Items<C extends ArrowColumn> extends ArrowColumn {

    final C items;
    private final Offsets offsets = new Offsets();

    Items(String name, C items) {
      super(name, 12, List.of(items));
      this.items = items;
    }

    /** Ends a list: it holds what was added to the child since the last one ended. */
    void end() {
      next(true);
      offsets.end(items.length());
    }

    @Override
    int type(FlatBufferBuilder schema) {
      return emptyTable(schema);
    }

    @Override
    void addData(List<byte[]> buffers) {
      buffers.add(offsets.bytes());
    }

    @Override
    void clearData() {
      offsets.clear();
    }
  }
}
