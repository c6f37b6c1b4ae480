package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;

/** A text file's content, for formats that must go through it twice. */
@FunctionalInterface
interface TextSource {

  /**
   * The text from its beginning, in UTF-8 without byte order mark; ends what was opened before.
   *
   * @return not to be closed; what is left of it is read by the caller
   */
  InputStream open() throws IOException;
}
