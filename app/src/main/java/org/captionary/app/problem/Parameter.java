package org.captionary.app.problem;

import java.util.List;

/**
 * A query or path parameter as a resource method declares it.
 *
 * @param name its name in the address
 * @param kind what its text must be
 * @param repeatable whether it may stand more than once: its Java type is a collection or an array
 */
record Parameter(String name, ParameterKind kind, boolean repeatable) {

  /** Refuses values that the declaration does not take. */
  void check(List<String> values) {
    if (values.size() > 1 && !repeatable) {
      throw ProblemException.repeatedField(name, String.join(", ", values));
    }
    values.forEach(value -> kind.check(name, value));
  }
}
