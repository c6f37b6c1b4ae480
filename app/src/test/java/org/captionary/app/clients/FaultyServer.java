package org.captionary.app.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service of one batch, which is the same at each number below {@value #BATCHES}, and of faults
 * that come first.
 */
final class FaultyServer implements AutoCloseable {

  static final int BATCHES = 3;

  private static final String MANIFEST = "{\"id\": \"fake\", \"vocabularySize\" : %d}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] batch;
  private final int vocabularySize;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers a GET of a batch wrongly, or not at all. */
  interface Fault {
    void answer(HttpExchange exchange, byte[] batch) throws IOException;
  }

  FaultyServer(byte[] batch, int vocabularySize, Fault... faults) throws IOException {
    this(0, batch, vocabularySize, faults);
  }

  FaultyServer(int port, byte[] batch, int vocabularySize, Fault... faults) throws IOException {
    this.batch = batch;
    this.vocabularySize = vocabularySize;
    this.faults.addAll(List.of(faults));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    // A fault that takes its time must not hold up the requests behind it.
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All that came: the method and the address. */
  List<String> requests() {
    return requests;
  }

  List<String> batchesAsked() {
    return requests.stream().filter(request -> request.matches("GET .*/batches/.*")).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Batch-Count", String.valueOf(BATCHES));
        exchange.sendResponseHeaders(200, -1);
      } else if (exchange.getRequestURI().getPath().contains("/batches/")) {
        Fault fault = faults.poll();
        (fault == null ? (Fault) FaultyServer::whole : fault).answer(exchange, batch);
      } else {
        whole(exchange, MANIFEST.formatted(vocabularySize).getBytes());
      }
    }
  }

  static void whole(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The connection ends in the middle of the body. */
  static void cut(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  /** Every byte is there, one is wrong. */
  static void damaged(HttpExchange exchange, byte[] body) throws IOException {
    byte[] wrong = body.clone();
    wrong[body.length / 2] ^= 1;
    whole(exchange, wrong);
  }

  /** A body that seems whole to HTTP and is not. */
  static void shortened(HttpExchange exchange, byte[] body) throws IOException {
    whole(exchange, Arrays.copyOf(body, body.length - 1));
  }

  static Fault status(int status, String body) {
    return (exchange, batch) -> {
      exchange.getResponseHeaders().set("Retry-After", "1");
      exchange.sendResponseHeaders(status, body.length());
      exchange.getResponseBody().write(body.getBytes());
    };
  }

  /** Right, after a while, unless the server ends before. */
  static Fault late(long millis) {
    return (exchange, batch) -> {
      try {
        Thread.sleep(millis);
        whole(exchange, batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
