package org.captionary.persistence.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows in PostgreSQL's binary COPY format: a header; for each row an int16 count of fields,
 * and for each field an int32 length and its bytes, length -1 being null; an int16 of -1 at the
 * end. All integers are big-endian.
 */
final class BinaryCopy {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int TEXT_OID = 25;
  private static final int FLUSH_AT = 1 << 20;

  /** PostgreSQL counts timestamps from here, in microseconds. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final CopyIn target;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(buffer);

  BinaryCopy(CopyIn target) {
    this.target = target;
    buffer.writeBytes(HEADER);
  }

  /**
   * Adds a row.
   *
   * @param fields String, byte[], Long, Integer, Instant, String[], or an Optional of these; each
   *     of just the column's type
   */
  void row(Object... fields) {
    try {
      out.writeShort(fields.length);
      for (Object field : fields) {
        write(field);
      }
      if (buffer.size() >= FLUSH_AT) {
        flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long end() throws SQLException {
    try {
      out.writeShort(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flush();
    return target.endCopy();
  }

  private void write(Object field) throws IOException {
    if (field instanceof Optional<?> optional) {
      write(optional.orElse(null));
    } else if (field == null) {
      out.writeInt(-1);
    } else if (field instanceof byte[] bytes) {
      out.writeInt(bytes.length);
      out.write(bytes);
    } else if (field instanceof String text) {
      write(text.getBytes(StandardCharsets.UTF_8));
    } else if (field instanceof String[] texts) {
      writeArray(texts);
    } else {
      writeNumber(field);
    }
  }

  /** One dimension, no nulls, elements of type text, counted from 1. */
  private void writeArray(String[] texts) throws IOException {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(array);
    fields.writeInt(texts.length == 0 ? 0 : 1);
    fields.writeInt(0);
    fields.writeInt(TEXT_OID);
    if (texts.length > 0) {
      fields.writeInt(texts.length);
      fields.writeInt(1);
    }
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      fields.writeInt(bytes.length);
      fields.write(bytes);
    }
    write(array.toByteArray());
  }

  private void writeNumber(Object field) throws IOException {
    if (field instanceof Long number) {
      out.writeInt(Long.BYTES);
      out.writeLong(number);
    } else if (field instanceof Integer number) {
      out.writeInt(Integer.BYTES);
      out.writeInt(number);
    } else if (field instanceof Instant instant) {
      writeNumber(Duration.between(EPOCH, instant).toNanos() / 1_000);
    } else {
      throw new IllegalArgumentException("no binary form for " + field.getClass());
    }
  }

  private void flush() {
    byte[] bytes = buffer.toByteArray();
    buffer.reset();
    try {
      target.writeToCopy(bytes, 0, bytes.length);
    } catch (SQLException e) {
      throw new PersistenceFault(e);
    }
  }
}
