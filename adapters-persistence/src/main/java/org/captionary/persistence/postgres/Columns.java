package org.captionary.persistence.postgres;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.captionary.domain.caption.Judgement;
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

  static OptionalInt whole(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** Of the columns of table {@code judgement}, each of which may be null. */
  static Judgement judgement(ResultSet row) throws SQLException {
    int first = row.getInt("score_1");
    List<Integer> scores =
        row.wasNull() ? List.of() : List.of(first, row.getInt("score_2"), row.getInt("score_3"));
    return new Judgement(scores, row.getInt("yes"), row.getInt("no"));
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

  /** The indices of each caption as little-endian int32, a 0, which is no word, behind each. */
  static byte[] words(List<EncodedCaption> captions) {
    int words = captions.stream().mapToInt(caption -> caption.length() + 1).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * words).order(ByteOrder.LITTLE_ENDIAN);
    IntBuffer target = bytes.asIntBuffer();
    captions.forEach(caption -> target.put(caption.toArray()).put(0));
    return bytes.array();
  }

  static List<EncodedCaption> captions(byte[] words) {
    int[] indices = new int[words.length / Integer.BYTES];
    ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(indices);
    List<EncodedCaption> captions = new ArrayList<>();
    int begin = 0;
    for (int end = 0; end < indices.length; end++) {
      if (indices[end] == 0) {
        captions.add(new EncodedCaption(Arrays.copyOfRange(indices, begin, end)));
        begin = end + 1;
      }
    }
    return captions;
  }
}
