package org.captionary.app.encoding;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;

/**
 * The flatbuffers of Arrow's {@code Message.fbs}, metadata version 5: places in tables, and numbers
 * of unions, are those that it gives.
 */
final class ArrowMetadata {

  private static final short VERSION_5 = 4;
  private static final byte SCHEMA = 1;
  private static final byte RECORD_BATCH = 3;

  private ArrowMetadata() {}

  static byte[] schema(List<ArrowColumn> columns) {
    FlatBufferBuilder message = new FlatBufferBuilder();
    int[] fields = columns.stream().mapToInt(column -> column.field(message)).toArray();
    int fieldsAt = vector(message, fields);
    message.startTable(4);
    message.addOffset(1, fieldsAt, 0);
    return message(message, SCHEMA, message.endTable(), 0);
  }

  /**
   * @param nodes length and count of nulls of each column
   * @param buffers offset and length of each buffer of the body
   */
  static byte[] recordBatch(long rows, List<long[]> nodes, List<long[]> buffers, long bodyLength) {
    FlatBufferBuilder message = new FlatBufferBuilder();
    int nodesAt = pairs(message, nodes);
    int buffersAt = pairs(message, buffers);
    message.startTable(4);
    message.addLong(0, rows, 0);
    message.addOffset(1, nodesAt, 0);
    message.addOffset(2, buffersAt, 0);
    return message(message, RECORD_BATCH, message.endTable(), bodyLength);
  }

  /** A vector of offsets. */
  static int vector(FlatBufferBuilder builder, int[] offsets) {
    return builder.createVectorOfTables(offsets);
  }

  /** A vector of structs of two int64. */
  private static int pairs(FlatBufferBuilder builder, List<long[]> pairs) {
    builder.startVector(2 * Long.BYTES, pairs.size(), Long.BYTES);
    for (int i = pairs.size() - 1; i >= 0; i--) {
      builder.prep(Long.BYTES, 2 * Long.BYTES);
      builder.putLong(pairs.get(i)[1]);
      builder.putLong(pairs.get(i)[0]);
    }
    return builder.endVector();
  }

  private static byte[] message(FlatBufferBuilder builder, byte kind, int headerAt, long length) {
    builder.startTable(5);
    builder.addShort(0, VERSION_5, 0);
    builder.addByte(1, kind, 0);
    builder.addOffset(2, headerAt, 0);
    builder.addLong(3, length, 0);
    builder.finish(builder.endTable());
    return builder.sizedByteArray();
  }
}
