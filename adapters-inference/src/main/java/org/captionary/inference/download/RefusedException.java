package org.captionary.inference.download;

import java.io.IOException;

/** An address that will not give the file, however often it is asked. */
final class RefusedException extends IOException {

  RefusedException(String message) {
    super(message);
  }
}
