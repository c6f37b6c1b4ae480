package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How a file is opened: the seam at which tests let a disk fail. */
@FunctionalInterface
interface FileOpener {

  /** A real path holds no link: one that has become a link since is not followed. */
  FileOpener OF_REAL_PATHS = real -> Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);

  /**
   * @param real absolute, links resolved
   * @return skips by seeking
   */
  InputStream open(Path real) throws IOException;
}
