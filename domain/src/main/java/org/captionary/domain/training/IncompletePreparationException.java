package org.captionary.domain.training;

/** Rows of a preparation are missing, as they are once it is deleted. */
public final class IncompletePreparationException extends RuntimeException {

  public IncompletePreparationException(String missing) {
    super("a preparation is not whole: " + missing);
  }
}
