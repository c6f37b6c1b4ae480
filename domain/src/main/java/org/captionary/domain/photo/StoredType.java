package org.captionary.domain.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which type features are kept. Whatever it is, they are served as float32. */
public enum StoredType {
  /** As they were extracted. */
  FLOAT32 {
    @Override
    public boolean holds(float value) {
      return true;
    }

    @Override
    public byte[] bytesOf(float[] values) {
      ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }

    @Override
    public byte[] toFloat32(byte[] stored) {
      return stored;
    }
  },

  /** IEEE 754 binary16, rounded to nearest, ties to even: half the bytes, 11 bits of precision. */
  FLOAT16 {
    @Override
    public boolean holds(float value) {
      return Float16.holds(value);
    }

    @Override
    public byte[] bytesOf(float[] values) {
      ByteBuffer bytes = littleEndian(Short.BYTES * values.length);
      for (float value : values) {
        bytes.putShort(Float16.round(value));
      }
      return bytes.array();
    }

    @Override
    public byte[] toFloat32(byte[] stored) {
      ByteBuffer halves = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer floats = littleEndian(2 * stored.length);
      while (halves.hasRemaining()) {
        floats.putFloat(Float16.widen(halves.getShort()));
      }
      return floats.array();
    }
  };

  /** The name in a recipe. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** False for a finite value beyond the largest of the type, after rounding. */
  public abstract boolean holds(float value);

  /** As they are kept: little-endian, each rounded to this type. */
  public abstract byte[] bytesOf(float[] values);

  /**
   * As they are served: little-endian float32, exactly what is stored.
   *
   * @param stored as {@link #bytesOf} gives it; may be returned itself
   */
  public abstract byte[] toFloat32(byte[] stored);

  public static Optional<StoredType> byId(String id) {
    return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(StoredType::id).toList();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
