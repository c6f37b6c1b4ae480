package org.captionary.app.problem;

import java.util.List;

/** What the text of a parameter of some Java type must be; JAX-RS itself would answer 404. */
final class ParameterKind {

  private final Class<?> type;

  ParameterKind(Class<?> type) {
    this.type = type;
  }

  /**
   * Refuses text that does not become a value of the type; types without a rule take all but the
   * empty text.
   */
  void check(String name, String text) {
    if (type.isEnum()) {
      requireOneOf(name, text, JsonKinds.allowed(type));
    } else if (type == boolean.class || type == Boolean.class) {
      requireOneOf(name, text, List.of("true", "false"));
    } else if (Numbers.description(type) != null && !isNumber(text)) {
      throw ProblemException.badField(name, text, Numbers.description(type));
    } else if (text.isEmpty()) {
      // JAX-RS would take it for one that was left out.
      throw ProblemException.badField(name, text, "a value that is not empty");
    }
  }

  private static void requireOneOf(String name, String text, List<String> allowed) {
    if (!allowed.contains(text)) {
      throw ProblemException.badField(name, text, allowed);
    }
  }

  private boolean isNumber(String text) {
    try {
      parse(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Number parse(String text) {
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    return Double.valueOf(text);
  }
}
