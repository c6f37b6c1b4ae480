package org.captionary.domain.photo;

/** The bytes are no photo that can be shown. The message is the reason given in the quarantine. */
public final class UnreadablePhotoException extends Exception {

  public UnreadablePhotoException(String reason) {
    super(reason);
  }

  public UnreadablePhotoException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
