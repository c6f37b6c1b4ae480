package org.captionary.domain.memory;

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
    store.tables().forEach(Table::mark);
    boolean done = false;
    underWay = true;
    try {
      work.run();
      done = true;
    } finally {
      underWay = false;
      if (!done) {
        store.tables().forEach(Table::setBack);
      }
    }
  }
}
