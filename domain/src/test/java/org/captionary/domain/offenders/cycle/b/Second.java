package org.captionary.domain.offenders.cycle.b;

import org.captionary.domain.offenders.cycle.a.First;

/** The other half of a cycle. */
public final class Second {

  public First next() {
    return new First();
  }
}
