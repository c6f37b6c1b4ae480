package org.captionary.app.body;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.captionary.app.encoding.EncodedBatch;
import org.captionary.domain.training.Batch;

/**
 * A batch as the body of an answer. It is closed once: by who has written it or, if it never comes
 * to that, at the end of the exchange.
 */
public final class BatchBody {

  private final Batch batch;
  private final EncodedBatch encoded;
  private final RoutingContext exchange;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param encoded form of {@code batch}
   */
  public BatchBody(Batch batch, EncodedBatch encoded, RoutingContext exchange) {
    this.batch = batch;
    this.encoded = encoded;
    this.exchange = exchange;
    exchange.addEndHandler(ended -> closeUnlessTaken());
  }

  private void closeUnlessTaken() {
    if (!taken.getAndSet(true)) {
      batch.close();
    }
  }

  /**
   * Sends it.
   *
   * @throws IOException if the reader vanishes, or has gone before
   */
  void write() throws IOException {
    if (taken.getAndSet(true)) {
      throw new IOException("the reader has gone");
    }
    try (batch;
        ResponseStream out = new ResponseStream(exchange, encoded.length())) {
      encoded.writeTo(out);
      out.end();
    }
  }
}
