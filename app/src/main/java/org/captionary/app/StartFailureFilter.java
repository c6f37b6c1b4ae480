package org.captionary.app;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.captionary.domain.InvalidInputException;

/**
 * Says a start that fails for a setting's value in one plain line; the stack trace tells nothing to
 * whoever has to mend it. Every other record passes as it is.
 */
@LoggingFilter(name = "start-failure")
public final class StartFailureFilter implements Filter {

  private static final String OWN_KEYS = "captionary.";

  @Override
  public boolean isLoggable(LogRecord entry) {
    Throwable root = rootOf(entry.getThrown());
    if (isRefusedSetting(root)) {
      entry.setThrown(null);
      entry.setParameters(null);
      entry.setMessage("Captionary cannot start. " + root.getMessage());
    }
    return true;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null && !isRefusedSetting(root)) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isRefusedSetting(Throwable failure) {
    return (failure instanceof InvalidInputException || failure instanceof IllegalArgumentException)
        && failure.getMessage() != null
        && failure.getMessage().startsWith(OWN_KEYS);
  }
}
