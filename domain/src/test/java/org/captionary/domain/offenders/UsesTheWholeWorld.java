package org.captionary.domain.offenders;

import org.assertj.core.api.Assertions;

/** Depends on more than Java and ICU. */
public final class UsesTheWholeWorld {

  public void offend() {
    Assertions.fail("never called");
  }
}
