package org.captionary.app;

/**
 * A reason why the service cannot start, in words for the person who starts it. The message is
 * shown alone, without a stack trace, so it names the setting or path and what to do; it never
 * holds a secret.
 */
public final class StartupException extends RuntimeException {

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
