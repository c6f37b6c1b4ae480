package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;

/** Port: the registered data sets. */
public interface DatasetRepository {

  /** Registers a data set, unless its name is taken; says whether it did. */
  boolean add(Dataset dataset);

  /** Any text may be asked for; one that is no name finds nothing. */
  Optional<Dataset> byName(String name);

  /**
   * Lets no job be added to a data set until the unit of work ends.
   *
   * @return false if there is no such data set
   */
  boolean lock(String name);

  /**
   * Takes away a data set and its jobs, and its snapshots and preparations out of sight, whose rows
   * go by {@link SnapshotRepository#sweep} and {@link PreparationRepository#sweep}.
   */
  void delete(String name);

  /** In the order of their names. */
  List<Dataset> all();
}
