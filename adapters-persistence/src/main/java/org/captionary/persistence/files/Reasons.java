package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** The system's own words for a failure, without the path that Java puts before them. */
final class Reasons {

  private Reasons() {}

  static String of(IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
