package org.captionary.domain.photo;

import static java.lang.Character.MAX_CODE_POINT;

import java.util.Optional;

/**
 * Names a photo: its file name up to the first dot ({@code 990890291_afc72be141.jpg} is {@code
 * 990890291_afc72be141}), so that captions, split lists and files agree whatever their endings. The
 * folders of a photo that lies deeper stand before it ({@code val/0001.jpg} is {@code val/0001}).
 *
 * <p>Ordered by Unicode code point, which is the byte order of UTF-8 and PostgreSQL's {@code
 * COLLATE "C"}; {@link String#compareTo} orders by UTF-16 unit and differs outside the basic plane.
 *
 * @param value without NUL or unpaired surrogate; what stands behind its last slash is not blank
 *     and has no dot
 */
public record PhotoId(String value) implements Comparable<PhotoId> {

  public PhotoId {
    String last = value.substring(value.lastIndexOf('/') + 1);
    if (last.isBlank()) {
      throw new IllegalArgumentException("a photo id is not blank");
    }
    if (last.indexOf('.') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a photo id holds no dot and no NUL: " + value);
    }
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new IllegalArgumentException("a photo id holds whole characters: " + value);
    }
  }

  /**
   * The id of a file.
   *
   * @param fileName may have folders before it, with slashes between
   * @throws IllegalArgumentException if nothing stands before the first dot
   */
  public static PhotoId ofFileName(String fileName) {
    int dot = fileName.indexOf('.', fileName.lastIndexOf('/') + 1);
    return new PhotoId(dot < 0 ? fileName : fileName.substring(0, dot));
  }

  /**
   * An id before which stands whatever is smaller than a text, so that the next one after it is the
   * text itself, if it is an id, or the first behind it.
   *
   * @param text the beginning of an id; empty: from the first
   * @throws IllegalArgumentException if no id begins so
   */
  public static Optional<PhotoId> lastBefore(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int last = text.codePointBefore(text.length());
    String head = text.substring(0, text.length() - Character.charCount(last));
    return Optional.of(
        new PhotoId(head + Character.toString(before(last)) + Character.toString(MAX_CODE_POINT)));
  }

  /** The code point before one, but for those that no id holds. */
  private static int before(int codePoint) {
    return switch (codePoint) {
      case '/' -> '.' - 1;
      case Character.MAX_SURROGATE + 1 -> Character.MIN_SURROGATE - 1;
      default -> codePoint - 1;
    };
  }

  @Override
  public int compareTo(PhotoId other) {
    int length = Math.min(value.length(), other.value.length());
    for (int i = 0; i < length; i++) {
      char a = value.charAt(i);
      char b = other.value.charAt(i);
      if (a != b) {
        boolean bothOutsidePlane = Character.isSurrogate(a) && Character.isSurrogate(b);
        return bothOutsidePlane || !Character.isSurrogate(a) && !Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(value.length(), other.value.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
