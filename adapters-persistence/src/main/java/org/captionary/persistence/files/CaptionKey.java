package org.captionary.persistence.files;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.captionary.domain.photo.PhotoId;

/**
 * What names a caption in Flickr8k's files, {@code name.jpg#k}, split at its first {@code #},
 * behind which only a whole number may stand.
 *
 * @param number of the caption among those of its photo; empty for a key without {@code #}, and for
 *     a number of more than nine digits
 */
record CaptionKey(PhotoId photo, OptionalInt number) {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]+\\s*");
  private static final int MOST_DIGITS = 9;

  static CaptionKey read(String key) throws BadRowException {
    int hash = key.indexOf('#');
    if (hash < 0) {
      return new CaptionKey(PhotoNames.id(key), OptionalInt.empty());
    }
    if (!WHOLE_NUMBER.matcher(key).region(hash + 1, key.length()).matches()) {
      throw new BadRowException("no whole number stands behind the # of the key");
    }
    return new CaptionKey(PhotoNames.id(key.substring(0, hash)), number(key.substring(hash + 1)));
  }

  static OptionalInt number(String digits) {
    String stripped = digits.strip();
    return stripped.length() > MOST_DIGITS
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(stripped));
  }
}
