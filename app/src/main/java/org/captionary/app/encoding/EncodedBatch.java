package org.captionary.app.encoding;

import java.io.IOException;
import java.io.OutputStream;

/** A batch in an encoding whose length follows from the shapes alone. */
public interface EncodedBatch {

  /** How many bytes {@link #writeTo} writes. */
  long length();

  /** Writes the same bytes each time. */
  void writeTo(OutputStream out) throws IOException;
}
