package org.captionary.domain.preparation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.Split;

/**
 * A data set as it was registered: where its files are.
 *
 * @param name 1 to 64 characters of {@code A-Z}, {@code a-z}, {@code 0-9}, {@code .}, {@code _} and
 *     {@code -}, the first a letter or digit
 * @param photos absolute path of the photos' folder or archive
 * @param captions absolute path of the caption file; empty where captions lie beside the photos
 * @param splits absolute path of each split's list; may be empty
 * @param annotations absolute path of each file of human judgements; may be empty
 */
public record Dataset(
    String name,
    String format,
    Path photos,
    Optional<Path> captions,
    SortedMap<String, Path> splits,
    SortedMap<Annotators, Path> annotations) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @throws InvalidInputException on field {@code name} or {@code splits.<name>}
   */
  public Dataset {
    if (!isName(name)) {
      throw new InvalidInputException(
          "name", name, "1 to 64 letters, digits, dots, underscores and hyphens");
    }
    splits.forEach((split, file) -> checkSplit(split, file));
    splits = new TreeMap<>(splits);
    annotations = new TreeMap<>(annotations);
  }

  /** One without annotations. */
  public Dataset(
      String name,
      String format,
      Path photos,
      Optional<Path> captions,
      SortedMap<String, Path> splits) {
    this(name, format, photos, captions, splits, new TreeMap<>());
  }

  public Dataset(String name, String format, Path photos, Path captions, Map<String, Path> splits) {
    this(name, format, photos, Optional.of(captions), new TreeMap<>(splits));
  }

  public Dataset withFormat(String newFormat) {
    return new Dataset(name, newFormat, photos, captions, splits, annotations);
  }

  /** Whether a data set can be called so. */
  public static boolean isName(String text) {
    return text != null && NAME.matcher(text).matches();
  }

  private static void checkSplit(String split, Path file) {
    try {
      if (!new Split(split).isAll()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one refusal below
    }
    throw new InvalidInputException(
        "splits." + split, file, "a split's name: 1 to 64 of a-z, 0-9, _ and -, and not all");
  }
}
