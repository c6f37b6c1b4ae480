package org.captionary.persistence.files;

/** A row cannot be used. The message is the reason given in the quarantine. */
final class BadRowException extends Exception {

  /** Without stack trace: a file may hold a million bad rows. */
  BadRowException(String reason) {
    super(reason, null, false, false);
  }
}
