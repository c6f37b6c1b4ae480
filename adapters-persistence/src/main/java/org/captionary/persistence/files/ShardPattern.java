package org.captionary.persistence.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name with {@code *} and {@code ?} as in a shell, and with ranges as WebDataset writes
 * them: {@code {000..012}} stands for thirteen names, each of which must be there.
 */
final class ShardPattern {

  private static final Pattern RANGE = Pattern.compile("\\{([0-9]{1,9})\\.\\.([0-9]{1,9})}");
  private static final Pattern WILD = Pattern.compile(".*[*?{].*");

  /** In names. */
  static final int LONGEST_RANGE = 100_000;

  private ShardPattern() {}

  static boolean isOne(String name) {
    return WILD.matcher(name).matches();
  }

  /**
   * The patterns without ranges that a pattern stands for.
   *
   * @throws IllegalArgumentException if a range runs backwards or is too long
   */
  static List<String> expanded(String pattern) {
    Matcher range = RANGE.matcher(pattern);
    if (!range.find()) {
      return List.of(pattern);
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    if (to < from || to - from >= LONGEST_RANGE) {
      throw new IllegalArgumentException("ranges that hold 1 to " + LONGEST_RANGE + " names");
    }
    List<String> tails = expanded(pattern.substring(range.end()));
    List<String> all = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      String digits = padded(number, range.group(1).length());
      tails.forEach(tail -> all.add(pattern.substring(0, range.start()) + digits + tail));
    }
    return all;
  }

  /** Those of the names that a pattern without ranges means. */
  static List<String> matching(String pattern, List<String> names) {
    if (!isOne(pattern)) {
      return List.of(pattern);
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return names.stream().filter(name -> matcher.matches(Path.of(name))).toList();
  }

  private static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
