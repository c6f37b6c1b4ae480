package org.captionary.inference.download;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Brings a file from one address, in as many attempts as it takes, and checks it. */
final class Transfer {

  private static final Logger LOG = System.getLogger(Transfer.class.getName());

  private final Source source;
  private final PartFile part;
  private final Patience patience;
  private final LongSupplier freeSpace;

  Transfer(Source source, PartFile part, Patience patience, LongSupplier freeSpace) {
    this.source = source;
    this.part = part;
    this.patience = patience;
    this.freeSpace = freeSpace;
  }

  /**
   * @throws FolderException if it cannot be written here
   * @throws IOException if this address does not give it
   */
  void run(HttpClient client, Path target) throws IOException, InterruptedException {
    receive(client);
    LOG.log(Level.INFO, "{0}: all is there, checking it", source.fileName());
    if (!source.checksum().fits(part.path())) {
      part.delete();
      throw new RefusedException(
          "what came is not the file: its checksum is not " + source.checksum());
    }
    part.become(target);
  }

  /** Ends, as each attempt that counts nothing must bring more than all before. */
  private void receive(HttpClient client) throws IOException, InterruptedException {
    long most = part.length();
    int failures = 0;
    while (true) {
      try {
        new Attempt(source, part, patience.stall(), freeSpace).run(client);
        return;
      } catch (RefusedException | FolderException e) {
        throw e;
      } catch (IOException e) {
        failures = part.length() > most ? 1 : failures + 1;
        most = Math.max(most, part.length());
        waitAfter(failures, e);
      }
    }
  }

  private void waitAfter(int failures, IOException failure)
      throws IOException, InterruptedException {
    if (failures >= patience.attempts()) {
      throw failure;
    }
    Duration pause = patience.pauseAfter(failures);
    LOG.log(
        Level.WARNING,
        "%s: %s; trying again in %d ms"
            .formatted(source.address(), failure.getMessage(), pause.toMillis()));
    Thread.sleep(pause.toMillis());
  }
}
