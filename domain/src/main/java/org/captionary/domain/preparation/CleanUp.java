package org.captionary.domain.preparation;

import java.util.function.BooleanSupplier;
import org.captionary.domain.photo.PhotoRepository;

/**
 * Takes away, a little at a time, what deletions and cancelled jobs left: rows of preparations and
 * snapshots, then pixels and features that nothing refers to any more. Each part is a unit of work
 * of its own, so that it may be killed at any moment and go on later, here or elsewhere.
 */
public final class CleanUp {

  /** Rows of text that go in one unit of work. */
  static final int ROWS = 20_000;

  /** Photos whose pixels and features are looked at in one unit of work. */
  static final int CONTENTS = 200;

  private final PreparationRepository preparations;
  private final SnapshotRepository snapshots;
  private final PhotoRepository photos;
  private final UnitOfWork unit;

  public CleanUp(Ports ports) {
    preparations = ports.preparations();
    snapshots = ports.snapshots();
    photos = ports.photos();
    unit = ports.unit();
  }

  /**
   * Goes on until nothing is left.
   *
   * @param stopping asked before each unit of work; true ends it
   * @return whether nothing is left
   */
  public boolean run(BooleanSupplier stopping) {
    boolean left = true;
    while (left && !stopping.getAsBoolean()) {
      left = takeSome();
    }
    return !left;
  }

  /** First the rows that refer to photos, as these free the photos. */
  private boolean takeSome() {
    return unit.call(() -> preparations.sweep(ROWS)) > 0
        || unit.call(() -> snapshots.sweep(ROWS)) > 0
        || unit.call(() -> photos.purge(CONTENTS)) > 0;
  }
}
