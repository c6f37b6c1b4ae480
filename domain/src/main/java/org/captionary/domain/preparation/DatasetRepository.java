package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;

/** Port: the registered data sets. */
public interface DatasetRepository {

  /** Registers a data set, unless its name is taken; says whether it did. */
  boolean add(Dataset dataset);

  /** Any text may be asked for; one that is no name finds nothing. */
  Optional<Dataset> byName(String name);

  /** In the order of their names. */
  List<Dataset> all();
}
