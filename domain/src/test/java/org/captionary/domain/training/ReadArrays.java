package org.captionary.domain.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads a batch's arrays back from their bytes. */
record ReadArrays(Batch batch) {

  List<String> names() {
    return batch.arrays().stream().map(BatchArray::name).toList();
  }

  List<Long> shape(String name) {
    return array(name).shape();
  }

  ElementType type(String name) {
    return array(name).type();
  }

  long byteLength(String name) {
    return array(name).byteLength();
  }

  int[] ints(String name) {
    int[] values = new int[bytes(name).length / ElementType.BYTES];
    littleEndian(name).asIntBuffer().get(values);
    return values;
  }

  float[] floats(String name) {
    float[] values = new float[bytes(name).length / ElementType.BYTES];
    littleEndian(name).asFloatBuffer().get(values);
    return values;
  }

  byte[] bytes(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      array(name).content().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private ByteBuffer littleEndian(String name) {
    return ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private BatchArray array(String name) {
    return batch.arrays().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }
}
