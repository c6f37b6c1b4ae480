package org.captionary.persistence.files;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.captionary.domain.photo.PhotoId;

/** Names of photo files: their order, and the ids they give. */
final class PhotoNames {

  /** By code point, as {@link PhotoId}. */
  static final Comparator<String> ORDER = PhotoNames::compare;

  /** In bytes of UTF-8: the longest file name of the usual file systems. */
  private static final int LONGEST_ID = 255;

  private PhotoNames() {}

  /**
   * The id of the file that a row names.
   *
   * @param name white space around it is dropped
   */
  static PhotoId id(String name) throws BadRowException {
    String stripped = name.strip();
    int last = stripped.lastIndexOf('/') + 1;
    int dot = stripped.indexOf('.', last);
    String id = dot < 0 ? stripped : stripped.substring(0, dot);
    if (id.substring(last).isBlank()) {
      throw new BadRowException("the row names no photo: nothing stands before the first dot");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
      throw new BadRowException("the photo's name is longer than " + LONGEST_ID + " bytes");
    }
    try {
      return new PhotoId(id);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("the photo's name is none: " + e.getMessage());
    }
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate stands for a code point beyond all others.
        int bySurrogate = Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
        return bySurrogate != 0 ? bySurrogate : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
