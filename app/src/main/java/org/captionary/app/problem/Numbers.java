package org.captionary.app.problem;

import java.util.Map;

/** The number types of parameters and keys, and what they take. */
final class Numbers {

  private static final Map<Class<?>, String> DESCRIPTIONS =
      Map.of(
          int.class,
          whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
          Integer.class,
          whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
          long.class,
          whole(Long.MIN_VALUE, Long.MAX_VALUE),
          Long.class,
          whole(Long.MIN_VALUE, Long.MAX_VALUE),
          float.class,
          "a number",
          Float.class,
          "a number",
          double.class,
          "a number",
          Double.class,
          "a number");

  private Numbers() {}

  private static String whole(long least, long most) {
    return "a whole number from %d to %d".formatted(least, most);
  }

  /** What the type takes; null if it is no number type. */
  static String description(Class<?> type) {
    return DESCRIPTIONS.get(type);
  }
}
