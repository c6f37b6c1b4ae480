package org.captionary.app.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The body of an answer. Native memory is handed to the network as it is; bytes of the heap are
 * copied into pieces of native memory that are used again, as the framework's own stream takes new
 * memory for each, and the system's clearing of its pages costs more than the copy. Whoever writes
 * waits while {@value #WRITTEN_AHEAD} bytes wait for the network.
 *
 * <p>For one thread, on which the server does not run.
 */
final class ResponseStream extends OutputStream {

  private static final int PIECE = 1 << 20;
  private static final int WRITTEN_AHEAD = 2 << 20;
  private static final int MOST_PARTS = 1_024;
  private static final int KEPT_PIECES = 16;

  private static final BlockingQueue<ByteBuf> FREE = new ArrayBlockingQueue<>(KEPT_PIECES);

  private final HttpServerResponse response;

  /** At most one of the two holds bytes; each null if there are none. */
  private ByteBuf copied;

  private CompositeByteBuf passed;

  /** Bytes that the network has not taken yet; the framework counts them only when it sees them. */
  private long ahead;

  private boolean ended;

  /**
   * @param length of the whole body, if it is known
   */
  ResponseStream(RoutingContext exchange, OptionalLong length) {
    response = exchange.response();
    length.ifPresentOrElse(
        bytes -> response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes)),
        () -> response.setChunked(true));
    exchange.addEndHandler(over -> stop());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sendPassed();
    int end = offset + length;
    for (int from = offset; from < end; ) {
      if (copied == null) {
        copied = take();
      }
      int part = Math.min(end - from, copied.writableBytes());
      copied.writeBytes(bytes, from, part);
      from += part;
      if (!copied.isWritable()) {
        sendCopied();
      }
    }
  }

  /**
   * Holds native memory until it has been sent.
   *
   * @param bytes written from the first to the last; they must never change
   */
  void write(ByteBuf bytes) throws IOException {
    sendCopied();
    if (passed == null) {
      passed = Unpooled.compositeBuffer(MOST_PARTS);
    }
    passed.addComponent(true, bytes.retainedDuplicate());
    if (passed.readableBytes() >= PIECE || passed.numComponents() == MOST_PARTS) {
      sendPassed();
    }
  }

  /** Sends what is left. */
  void end() throws IOException {
    sendCopied();
    sendPassed();
    response.end();
  }

  /** Frees what has not been sent. */
  @Override
  public void close() {
    if (copied != null) {
      giveBack(copied);
      copied = null;
    }
    if (passed != null) {
      passed.release();
      passed = null;
    }
  }

  private void sendCopied() throws IOException {
    if (copied != null) {
      awaitRoom();
      ByteBuf piece = copied;
      copied = null;
      send(piece, () -> giveBack(piece));
    }
  }

  private void sendPassed() throws IOException {
    if (passed != null) {
      awaitRoom();
      ByteBuf piece = passed;
      passed = null;
      send(piece, piece::release);
    }
  }

  /**
   * The server never releases bytes that are not its own.
   *
   * @param then called when they are sent, or never will be
   */
  // What came after this way to hand them over is not in this version.
  @SuppressWarnings("deprecation")
  private void send(ByteBuf bytes, Runnable then) {
    int length = bytes.readableBytes();
    add(length);
    response
        .write(Buffer.buffer(bytes))
        .onComplete(
            sent -> {
              then.run();
              add(-length);
            });
  }

  private synchronized void add(int bytes) {
    ahead += bytes;
    notifyAll();
  }

  private static ByteBuf take() {
    ByteBuf free = FREE.poll();
    return free == null ? Unpooled.directBuffer(PIECE, PIECE) : free;
  }

  private static void giveBack(ByteBuf piece) {
    if (!FREE.offer(piece.clear())) {
      piece.release();
    }
  }

  private synchronized void awaitRoom() throws IOException {
    try {
      while (!ended && ahead >= WRITTEN_AHEAD) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a reader was waited for");
    }
    if (ended || response.closed()) {
      throw new IOException("the reader has gone");
    }
  }

  private synchronized void stop() {
    ended = true;
    notifyAll();
  }
}
