package org.captionary.inference.download;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;

/** Tells the log how far a download is: each tenth, or each 50 MiB if the whole is not known. */
final class Progress {

  private static final Logger LOG = System.getLogger(Progress.class.getName());
  private static final long MIB = 1L << 20;
  private static final long STEP = 50 * MIB;

  private final String fileName;
  private final OptionalLong total;
  private final long step;
  private long told;

  Progress(String fileName, long from, OptionalLong total) {
    this.fileName = fileName;
    this.total = total;
    this.step = Math.max(1, total.isPresent() ? total.getAsLong() / 10 : STEP);
    this.told = from / step;
  }

  void at(long bytes) {
    if (bytes / step > told) {
      told = bytes / step;
      LOG.log(Level.INFO, text(bytes));
    }
  }

  String text(long bytes) {
    return total.isPresent()
        ? "%s: %d %% of %d MiB"
            .formatted(fileName, 100 * bytes / total.getAsLong(), total.getAsLong() / MIB)
        : "%s: %d MiB".formatted(fileName, bytes / MIB);
  }
}
