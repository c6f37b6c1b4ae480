package org.captionary.app.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.captionary.app.body.BatchMemory;
import org.captionary.app.encoding.PhotoType;
import org.captionary.app.problem.ProblemException;

/**
 * Photos' files as answers, in the type that each is by its bytes. A file may be large: two are
 * read at a time, and what waits to be sent counts as batches do.
 */
@Singleton
final class PhotoFileAnswers {

  private static final int READ_AT_ONCE = 2;

  private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);
  private final BatchMemory memory;

  PhotoFileAnswers(BatchMemory memory) {
    this.memory = memory;
  }

  /**
   * @param read the file, if there is one
   * @param exchange whose end frees the memory
   * @throws ProblemException 404 if it is none that a browser shows: what lies among photos may be
   *     anything, a page with scripts too; 503 if too much is being sent
   */
  Response.ResponseBuilder answer(
      String name, RoutingContext exchange, Supplier<Optional<byte[]>> read) {
    byte[] file = inTurn(read).orElseThrow(() -> none(name));
    PhotoType type = PhotoType.of(file).orElseThrow(() -> none(name));
    Runnable giveBack = memory.take(file.length);
    exchange.addEndHandler(ended -> giveBack.run());
    return Response.ok(file, type.mediaType());
  }

  private Optional<byte[]> inTurn(Supplier<Optional<byte[]>> read) {
    reading.acquireUninterruptibly();
    try {
      return read.get();
    } finally {
      reading.release();
    }
  }

  private static ProblemException none(String name) {
    return ProblemException.notFound("photo", name);
  }
}
