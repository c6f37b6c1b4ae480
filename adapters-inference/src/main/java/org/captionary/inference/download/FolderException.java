package org.captionary.inference.download;

import java.io.IOException;

/** A file that cannot be written here, wherever it comes from. */
final class FolderException extends IOException {

  FolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
