package org.captionary.domain.preparation;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Port: a transaction over all repositories. */
public interface UnitOfWork {

  /**
   * Runs {@code work} so that all it writes is kept, or, if it throws, nothing; joins a unit of
   * work that is under way.
   */
  void run(Runnable work);

  /** As {@link #run}, for work that gives a result. */
  default <T> T call(Supplier<T> work) {
    AtomicReference<T> result = new AtomicReference<>();
    run(() -> result.set(work.get()));
    return result.get();
  }
}
