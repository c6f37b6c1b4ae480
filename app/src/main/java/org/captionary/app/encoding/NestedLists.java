package org.captionary.app.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;

/** Turns an array's little-endian bytes, as they come, into nested JSON lists of its shape. */
final class NestedLists extends OutputStream {

  private final JsonGenerator json;
  private final boolean floats;
  private final List<Long> shape;
  private final long[] place;
  private int bits;
  private int bytes;
  private boolean begun;

  NestedLists(BatchArray array, JsonGenerator json) {
    this.json = json;
    this.floats = array.type() == ElementType.FLOAT32;
    this.shape = array.shape();
    this.place = new long[shape.size()];
  }

  @Override
  public void write(int value) throws IOException {
    bits |= (value & 0xff) << Byte.SIZE * bytes;
    if (++bytes == ElementType.BYTES) {
      element();
      bits = 0;
      bytes = 0;
    }
  }

  @Override
  public void write(byte[] values, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(values[i]);
    }
  }

  /** An array without elements has got no list yet. */
  void end() throws IOException {
    if (!begun) {
      writeEmpty(0);
    }
  }

  private void writeEmpty(int depth) throws IOException {
    json.writeStartArray();
    if (depth + 1 < shape.size()) {
      for (long i = 0; i < shape.get(depth); i++) {
        writeEmpty(depth + 1);
      }
    }
    json.writeEndArray();
  }

  private void element() throws IOException {
    open();
    if (floats) {
      json.writeNumber(finite(Float.intBitsToFloat(bits)));
    } else {
      json.writeNumber(bits);
    }
    advance();
  }

  /** JSON has no number for the others; a text in its place would be no number either. */
  private static float finite(float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException("JSON cannot hold the number " + value);
    }
    return value;
  }

  /** Opens the lists that this element is the first of. */
  private void open() throws IOException {
    begun = true;
    int depth = shape.size();
    while (depth > 0 && place[depth - 1] == 0) {
      depth--;
    }
    for (; depth < shape.size(); depth++) {
      json.writeStartArray();
    }
  }

  /** Closes the lists that this element was the last of. */
  private void advance() throws IOException {
    for (int depth = shape.size() - 1; depth >= 0; depth--) {
      if (++place[depth] < shape.get(depth)) {
        return;
      }
      place[depth] = 0;
      json.writeEndArray();
    }
  }
}
