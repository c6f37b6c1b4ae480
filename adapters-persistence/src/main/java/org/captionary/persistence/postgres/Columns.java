package org.captionary.persistence.postgres;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.EncodedCaption;

/** How the domain's values stand in columns. */
final class Columns {

  private Columns() {}

  static Optional<Split> split(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Split::new);
  }

  static Optional<ContentHash> content(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(ContentHash::ofDigest);
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  static byte[][] contents(Collection<ContentHash> contents) {
    return contents.stream().map(ContentHash::bytes).toArray(byte[][]::new);
  }

  static String[] ids(Collection<PhotoId> photos) {
    return photos.stream().map(PhotoId::value).toArray(String[]::new);
  }

  static List<String> tokens(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  /** Word indices as little-endian int32. */
  static byte[] words(EncodedCaption caption) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * caption.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(caption.toArray());
    return bytes.array();
  }

  static EncodedCaption caption(byte[] words) {
    int[] indices = new int[words.length / Integer.BYTES];
    ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(indices);
    return new EncodedCaption(indices);
  }
}
