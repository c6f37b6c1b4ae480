package org.captionary.app.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;

/** Arrays of a batch, of elements of 4 bytes, for tests. */
final class Arrays4 {

  private Arrays4() {}

  static BatchArray ints(String name, int[] values, Long... shape) {
    ByteBuffer bytes = littleEndian(values.length);
    bytes.asIntBuffer().put(values);
    return array(name, ElementType.INT32, bytes, shape);
  }

  static BatchArray floats(String name, float[] values, Long... shape) {
    ByteBuffer bytes = littleEndian(values.length);
    bytes.asFloatBuffer().put(values);
    return array(name, ElementType.FLOAT32, bytes, shape);
  }

  private static ByteBuffer littleEndian(int elements) {
    return ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static BatchArray array(String name, ElementType type, ByteBuffer bytes, Long... shape) {
    return new BatchArray(name, type, Arrays.asList(shape), out -> out.write(bytes.array()));
  }
}
