package org.captionary.app.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a Java type takes, in JSON's words. */
final class JsonKinds {

  private JsonKinds() {}

  /** The values that a type takes, or one description; null if there are no words for it. */
  static List<String> allowed(Class<?> type) {
    if (type == null) {
      return null;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    }
    String kind = kind(type);
    return kind == null ? null : List.of(kind);
  }

  private static String kind(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "an object";
    }
    return Numbers.description(type);
  }
}
