package org.captionary.domain.photo;

import java.util.regex.Pattern;

/**
 * A named part of a data set, such as {@code train}. A photo belongs to one split or none; {@link
 * #ALL} stands for every photo and is no split of its own.
 *
 * @param name 1 to 64 characters of {@code a-z}, {@code 0-9}, {@code _} and {@code -}
 */
public record Split(String name) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

  /** Every photo, those in no split included. */
  public static final Split ALL = new Split("all");

  public Split {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a split's name is 1 to 64 characters of a-z, 0-9, _ and -: " + name);
    }
  }

  public boolean isAll() {
    return equals(ALL);
  }

  @Override
  public String toString() {
    return name;
  }
}
