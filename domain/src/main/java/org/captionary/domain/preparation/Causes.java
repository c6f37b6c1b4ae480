package org.captionary.domain.preparation;

/** Says in one line what went wrong. */
final class Causes {

  private static final int LONGEST = 1_000;

  private Causes() {}

  /** The messages of an exception and of those that caused it, the last of which says most. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(text(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() == null || text.indexOf(cause.getMessage()) < 0) {
        text.append("; ").append(text(cause));
      }
    }
    return text.substring(0, Math.min(LONGEST, text.length())).replace('\0', ' ');
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
