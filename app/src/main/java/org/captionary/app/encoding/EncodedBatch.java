package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A batch in an encoding. */
public interface EncodedBatch {

  /** How many bytes {@link #writeTo} writes; empty if only writing them tells. */
  OptionalLong length();

  /** Writes the same bytes each time. */
  void writeTo(OutputStream out) throws IOException;
}
