package org.captionary.domain.offenders.cycle.a;

import org.captionary.domain.offenders.cycle.b.Second;

/** One half of a cycle. */
public final class First {

  public Second next() {
    return new Second();
  }
}
