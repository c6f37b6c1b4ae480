package org.captionary.domain.offenders.photo;

import org.captionary.domain.offenders.caption.Known;

/** A photo class that knows a caption class. */
public final class KnowsCaptions {

  public String offend() {
    return new Known().toString();
  }
}
