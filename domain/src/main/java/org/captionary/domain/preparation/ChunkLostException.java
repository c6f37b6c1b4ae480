package org.captionary.domain.preparation;

/** An attempt went on after its chunk had been given to another, or its job had ended. */
final class ChunkLostException extends RuntimeException {

  ChunkLostException() {
    super("the chunk is no longer this attempt's");
  }
}
