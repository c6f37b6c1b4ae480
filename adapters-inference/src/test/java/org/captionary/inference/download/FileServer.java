package org.captionary.inference.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file over HTTP, well or badly, as set before each request. */
final class FileServer implements AutoCloseable {

  /** How a request is answered. */
  interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** Of each request, the range asked for; {@code whole} without one. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  volatile byte[] content;
  volatile String etag = "\"one\"";
  volatile Manner manner = this::whole;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address(String path) {
    return URI.create(
        "http://%s:%d%s"
            .formatted(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort(),
                path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? "whole" : range);
    try (exchange) {
      manner.answer(exchange);
    }
  }

  /** As a server does that knows ranges. */
  void ranges(HttpExchange exchange) throws IOException {
    breaking(exchange, Integer.MAX_VALUE);
  }

  /** The same, but each connection breaks after so many bytes. */
  void breaking(HttpExchange exchange, int after) throws IOException {
    exchange.getResponseHeaders().set("ETag", etag);
    int from = start(exchange);
    if (from == content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    send(exchange, from > 0 ? 206 : 200, from, after);
  }

  private int start(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    boolean sameVersion = etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    return range != null && sameVersion
        ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
        : 0;
  }

  /** As a server does that knows no ranges. */
  void whole(HttpExchange exchange) throws IOException {
    send(exchange, 200, 0, Integer.MAX_VALUE);
  }

  void send(HttpExchange exchange, int status, int from, int most) throws IOException {
    exchange.sendResponseHeaders(status, content.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, Math.min(most, content.length - from));
    body.flush();
  }

  /** Half of it, and then nothing more. */
  void stalling(HttpExchange exchange) throws IOException {
    send(exchange, 200, 0, content.length / 2);
    awaitClose();
  }

  void silent(HttpExchange exchange) {
    awaitClose();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
