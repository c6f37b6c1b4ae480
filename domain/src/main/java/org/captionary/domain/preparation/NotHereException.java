package org.captionary.domain.preparation;

/**
 * This node cannot do a chunk while others get on with the same step: it should take no more of
 * them for a while. The chunk is given back, and nothing is counted against it.
 */
public final class NotHereException extends RuntimeException {

  NotHereException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
