package org.captionary.domain.preparation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Deletes preparations and data sets. They are gone at once; of what they leave, a little is taken
 * away before the call returns, and the rest by the next {@link CleanUp}. Files of data sets are
 * not touched.
 */
public final class Deletion {

  private static final Logger LOG = System.getLogger(Deletion.class.getName());

  /** About what a call takes away: parts of a clean-up, each some hundredths of a second. */
  private static final int PARTS = 40;

  private final Ports ports;
  private final CleanUp cleanUp;

  public Deletion(Ports ports, CleanUp cleanUp) {
    this.ports = ports;
    this.cleanUp = cleanUp;
  }

  /**
   * Deletes a preparation. Its jobs stay, without it.
   *
   * @return false if there is none
   */
  public boolean preparation(PreparationId id) {
    boolean deleted = ports.unit().call(() -> ports.preparations().delete(id));
    if (deleted) {
      cleanUpALittle();
    }
    return deleted;
  }

  /**
   * Deletes a data set with its preparations, snapshots, captions, photos and jobs.
   *
   * @return false if there is none
   * @throws UnfinishedJobException if a job of it is not over
   */
  public boolean dataset(String name) {
    boolean deleted = ports.unit().call(() -> deleteDataset(name));
    if (deleted) {
      cleanUpALittle();
    }
    return deleted;
  }

  private boolean deleteDataset(String name) {
    if (!ports.datasets().lock(name)) {
      return false;
    }
    Optional<Job> unfinished = ports.jobs().unfinished(name);
    if (unfinished.isPresent()) {
      throw new UnfinishedJobException(unfinished.get());
    }
    ports.datasets().delete(name);
    return true;
  }

  /** What fails here fails no deletion, as that is done. */
  private void cleanUpALittle() {
    AtomicInteger left = new AtomicInteger(PARTS);
    try {
      cleanUp.run(() -> left.getAndDecrement() == 0);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what a deletion left stays until the next clean-up", e);
    }
  }
}
