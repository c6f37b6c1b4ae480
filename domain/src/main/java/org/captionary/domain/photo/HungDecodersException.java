package org.captionary.domain.photo;

/**
 * So many photos that were given up on are still being decoded that no other is begun: a fault of
 * the machine, not of the photo. It passes when they end, or with the process.
 */
public final class HungDecodersException extends RuntimeException {

  /**
   * @param hung how many there are
   */
  public HungDecodersException(int hung) {
    super(
        hung
            + " photos that took too long are still being decoded, so no other is;"
            + " if they do not end, the service has to be started again");
  }
}
