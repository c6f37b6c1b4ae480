package org.captionary.domain.preparation;

/** Port: a transaction over all repositories. */
public interface UnitOfWork {

  /**
   * Runs {@code work} so that all it writes is kept, or, if it throws, nothing; joins a unit of
   * work that is under way.
   */
  void run(Runnable work);
}
