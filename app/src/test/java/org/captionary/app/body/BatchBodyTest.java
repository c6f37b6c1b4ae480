package org.captionary.app.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.captionary.app.encoding.EncodedBatch;
import org.captionary.app.encoding.JsonEncoder;
import org.captionary.app.encoding.NpzEncoder;
import org.captionary.domain.training.Batch;
import org.captionary.domain.training.BatchArray;
import org.captionary.domain.training.ElementType;
import org.captionary.domain.training.RowMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies over real connections. */
@Timeout(60)
class BatchBodyTest {

  /** Bytes that a connection may hold at either end: by itself a system may take a whole batch. */
  private static final int BUFFERED = 1 << 16;

  private static final int ROW = 100_352;
  private static final int ROWS = 300;

  private final Vertx vertx = Vertx.vertx();
  private final NativeRowMemory memory = new NativeRowMemory();
  private final List<RowMemory.Row> rows = new ArrayList<>();

  /** How the last body that was written ended. */
  private final CompletableFuture<Void> written = new CompletableFuture<>();

  /** What the thread that sends does first. */
  private Runnable beside = () -> {};

  private volatile Thread writer;
  private volatile boolean waited;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void sendsLargeRowsAndSmallPartsInTheirOrder() throws Exception {
    Batch batch = batch();
    byte[] expected = bytes(new NpzEncoder(batch));
    assertThat(pull(serve(batch, new NpzEncoder(batch), true))).isEqualTo(expected);
    written.get(1, TimeUnit.MINUTES);
    requireNoneHeld();
  }

  @Test
  void sendsWhatHasNoKnownLength() throws Exception {
    Batch batch = batch();
    byte[] expected = bytes(new JsonEncoder(batch));
    assertThat(pull(serve(batch, new JsonEncoder(batch), true))).isEqualTo(expected);
  }

  @Test
  void waitsForASlowReaderAndFreesWhatHeHasTaken() throws Exception {
    Batch batch = batch();
    int length = bytes(new NpzEncoder(batch)).length;
    HttpServer server = serve(batch, new NpzEncoder(batch), true);
    try (Socket reader = ask(server)) {
      reader.getInputStream().readNBytes(1_000);
      assertThat(written).isNotDone();
      assertThat(reader.getInputStream().readNBytes(length - 1_000)).hasSize(length - 1_000);
    }
    written.get(1, TimeUnit.MINUTES);
    requireNoneHeld();
  }

  /** As where the thread that sends is not given a processor. */
  @Test
  void waitsForANetworkThatTakesNothing() throws Exception {
    Batch batch = batch();
    byte[] expected = bytes(new NpzEncoder(batch));
    beside = this::awaitWaiting;
    assertThat(pull(serve(batch, new NpzEncoder(batch), true))).isEqualTo(expected);
    assertThat(waited).isTrue();
  }

  private void awaitWaiting() {
    while (!written.isDone() && (writer == null || writer.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    waited = !written.isDone();
  }

  @Test
  void freesEverythingWhenTheReaderVanishes() throws Exception {
    Batch batch = batch();
    HttpServer server = serve(batch, new NpzEncoder(batch), true);
    try (Socket reader = ask(server)) {
      reader.getInputStream().readNBytes(1_000);
    }
    // It is noticed while it is written, or when all has been handed to the network.
    written.exceptionally(BatchBodyTest::requireGone).get(1, TimeUnit.MINUTES);
    requireNoneHeld();
  }

  @Test
  void freesWhatIsNeverWritten() throws Exception {
    Batch batch = batch();
    HttpServer server = serve(batch, new NpzEncoder(batch), false);
    assertThat(pull(server)).isEmpty();
    written.get(1, TimeUnit.MINUTES);
    requireNoneHeld();
  }

  /** The network lets go of a row a moment after its reader has got it. */
  private void requireNoneHeld() throws InterruptedException {
    for (RowMemory.Row row : rows) {
      while (row.hold()) {
        row.giveBack();
        Thread.sleep(1);
      }
    }
  }

  private static Void requireGone(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    assertThat(cause).isInstanceOf(IOException.class);
    return null;
  }

  /** Large rows with small arrays before, between and behind them. */
  private Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ROWS; i++) {
      byte[] bytes = new byte[ROW];
      random.nextBytes(bytes);
      // An exponent that is no infinity and no NaN, which JSON cannot hold.
      for (int last = 3; last < ROW; last += 4) {
        bytes[last] = 0x3f;
      }
      rows.add(memory.copyOf(bytes));
    }
    byte[] few = {1, 2, 3, 4};
    BatchArray small = new BatchArray("few", ElementType.INT32, List.of(1L), out -> out.write(few));
    return new Batch(List.of(small, ofRows("a", 0, 7), small, ofRows("b", 7, ROWS), small), rows);
  }

  private BatchArray ofRows(String name, int from, int to) {
    return new BatchArray(
        name,
        ElementType.FLOAT32,
        List.of((long) to - from, (long) ROW / ElementType.BYTES),
        out -> {
          for (RowMemory.Row row : rows.subList(from, to)) {
            row.writeTo(out);
          }
        });
  }

  private static byte[] bytes(EncodedBatch encoded) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoded.writeTo(out);
    return out.toByteArray();
  }

  /** A server whose every answer is the batch, or empty with the batch left as it is. */
  private HttpServer serve(Batch batch, EncodedBatch encoded, boolean writes) throws Exception {
    Router router = Router.router(vertx);
    router
        .get()
        .handler(
            exchange -> {
              BatchBody body = new BatchBody(batch, encoded, exchange);
              if (writes) {
                vertx.executeBlocking(() -> write(body), false);
                vertx.runOnContext(now -> beside.run());
              } else {
                exchange.addEndHandler(ended -> written.complete(null));
                exchange.response().end();
              }
            });
    return vertx
        .createHttpServer(new HttpServerOptions().setSendBufferSize(BUFFERED))
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }

  private Void write(BatchBody body) {
    writer = Thread.currentThread();
    try {
      body.write();
      written.complete(null);
    } catch (IOException | RuntimeException e) {
      written.completeExceptionally(e);
    }
    return null;
  }

  private static byte[] pull(HttpServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  /** A connection that has got the head of an answer. */
  private static Socket ask(HttpServer server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(BUFFERED);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
    return socket;
  }
}
