package org.captionary.domain.memory;

import java.util.List;
import org.captionary.domain.preparation.UnitOfWork;

/** Sets every table back when work throws. For one thread. */
final class InMemoryUnitOfWork implements UnitOfWork {

  private final Store store;
  private boolean underWay;

  InMemoryUnitOfWork(Store store) {
    this.store = store;
  }

  @Override
  public void run(Runnable work) {
    if (underWay) {
      work.run();
      return;
    }
    List<Runnable> marks = store.tables().stream().map(Table::mark).toList();
    boolean done = false;
    underWay = true;
    try {
      work.run();
      done = true;
    } finally {
      underWay = false;
      if (!done) {
        marks.forEach(Runnable::run);
      }
    }
  }
}
