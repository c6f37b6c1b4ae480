package org.captionary.app.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail() == null ? problem.title() : problem.detail());
    this.problem = problem;
  }

  /** The document to answer with. */
  public Problem problem() {
    return problem;
  }

  /**
   * 400: a parameter or key has a value that it may not have.
   *
   * @param allowed the values that it may have, or one text that describes them
   */
  public static ProblemException badField(String field, Object value, String... allowed) {
    return badField(field, value, Arrays.asList(allowed));
  }

  /** 400: as above. */
  public static ProblemException badField(String field, Object value, Collection<String> allowed) {
    String detail = "%s cannot be %s".formatted(field, quoted(value));
    return of(ProblemType.BAD_FIELD, detail, field, value, allowed);
  }

  /** 400: a parameter or key that is not known here. */
  public static ProblemException unknownField(
      String field, Object value, Collection<String> known) {
    return of(ProblemType.UNKNOWN_FIELD, field + " is not known here", field, value, known);
  }

  /** 400: a parameter that stands more than once. */
  public static ProblemException repeatedField(String field, Object value) {
    return of(ProblemType.REPEATED_FIELD, field + " may stand only once", field, value, null);
  }

  /**
   * 404: nothing of this kind has this name.
   *
   * @param what the kind, such as {@code preparation}
   */
  public static ProblemException notFound(String what, Object value) {
    String detail = "There is no %s %s".formatted(what, quoted(value));
    return of(ProblemType.NOT_FOUND, detail, what, value, null);
  }

  /** 409: the request contradicts what is stored. */
  public static ProblemException conflict(String field, Object value, String detail) {
    return of(ProblemType.CONFLICT, detail, field, value, null);
  }

  /** Any kind, with words of its own. */
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type.problem().withDetail(detail));
  }

  private static ProblemException of(
      ProblemType type, String detail, String field, Object value, Collection<String> allowed) {
    List<String> choices = allowed == null || allowed.isEmpty() ? null : List.copyOf(allowed);
    String given = value == null ? null : value.toString();
    return new ProblemException(type.problem().withDetail(detail).withField(field, given, choices));
  }

  private static String quoted(Object value) {
    return value == null ? "empty" : "\"" + Problem.shortened(value.toString()) + "\"";
  }
}
