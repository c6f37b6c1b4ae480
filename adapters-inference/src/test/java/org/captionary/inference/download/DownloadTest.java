package org.captionary.inference.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.captionary.domain.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that does what servers and networks do. */
class DownloadTest {

  private static final String NAME = "weights.h5";
  private static final byte[] CONTENT = bytes(1);
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(400), 3, Duration.ofMillis(1));

  @TempDir Path folder;

  private FileServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new FileServer(CONTENT);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[1_000_000];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private Download download(String... paths) throws Exception {
    return download(Long.MAX_VALUE, paths);
  }

  private Download download(long freeSpace, String... paths) throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
    List<Source> sources =
        Arrays.stream(paths)
            .map(path -> new Source(server.address(path), NAME, Checksum.md5(md5)))
            .toList();
    return new Download(folder, sources, PATIENCE, () -> freeSpace);
  }

  private void fetchesAll(Download download) throws Exception {
    Path file = download.fetch(path -> false);
    assertThat(file).isEqualTo(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    assertThat(folder.resolve(NAME + ".part")).doesNotExist();
    assertThat(folder.resolve(NAME + ".part.from")).doesNotExist();
  }

  private void fails(Download download, String... words) {
    assertThatThrownBy(() -> download.fetch(path -> false))
        .isInstanceOf(DownloadException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  @Test
  void fetchesOnce() throws Exception {
    fetchesAll(download("/w"));
    fetchesAll(download("/w"));
    assertThat(server.requests).containsExactly("whole");
  }

  @Test
  void goesOnWhereEachConnectionBreaks() throws Exception {
    server.manner = exchange -> server.breaking(exchange, 150_000);

    fetchesAll(download("/w"));

    assertThat(server.requests).hasSizeGreaterThan(PATIENCE.attempts()).startsWith("whole");
    assertThat(server.requests.subList(1, server.requests.size()))
        .allMatch(range -> range.startsWith("bytes="));
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    server.manner =
        exchange -> server.breaking(exchange, server.requests.size() == 1 ? 400_000 : 0);
    fails(download("/w"), "bytes received: 0");
    server.requests.clear();
    server.manner = server::ranges;

    fetchesAll(download("/w"));

    assertThat(server.requests).hasSize(1).doesNotContain("whole");
  }

  @Test
  void finishesWhatWasAllThere() throws Exception {
    Files.write(folder.resolve(NAME + ".part"), CONTENT);
    Files.write(
        folder.resolve(NAME + ".part.from"), List.of(server.address("/w").toString(), "\"one\""));
    server.manner = server::ranges;

    fetchesAll(download("/w"));

    assertThat(server.requests).containsExactly("bytes=1000000-");
  }

  @Test
  void startsAnewWhereRangesAreUnknown() throws Exception {
    server.manner =
        exchange -> {
          exchange.getResponseHeaders().set("ETag", server.etag);
          server.send(exchange, 200, 0, server.requests.size() == 1 ? 500_000 : 1_000_000);
        };

    fetchesAll(download("/w"));

    assertThat(server.requests).hasSize(2);
  }

  @Test
  void startsAnewWithoutAVersionToGoOnWith() throws Exception {
    server.manner =
        exchange ->
            server.send(exchange, 200, 0, server.requests.size() == 1 ? 500_000 : 1_000_000);

    fetchesAll(download("/w"));

    assertThat(server.requests).containsExactly("whole", "whole");
  }

  @Test
  void startsAnewWhenTheFileChangesBetween() throws Exception {
    server.content = bytes(2);
    server.manner =
        exchange -> {
          server.breaking(exchange, server.requests.size() == 1 ? 500_000 : 1_000_000);
          server.content = CONTENT;
          server.etag = "\"two\"";
        };

    fetchesAll(download("/w"));
  }

  /** A server that heeds Range but not If-Range. */
  @Test
  void startsAnewWhenTheNextPartIsOfAnotherVersion() throws Exception {
    server.content = bytes(2);
    server.manner =
        exchange -> {
          int request = server.requests.size();
          exchange.getResponseHeaders().set("ETag", "\"" + request + "\"");
          exchange.getResponseHeaders().set("Content-Range", "bytes 500000-999999/1000000");
          server.send(
              exchange,
              request == 2 ? 206 : 200,
              request == 2 ? 500_000 : 0,
              request == 1 ? 500_000 : 1_000_000);
          server.content = CONTENT;
        };

    fetchesAll(download("/w"));

    assertThat(server.requests).containsExactly("whole", "bytes=500000-", "whole");
  }

  @Test
  void givesUpWhereEveryAttemptBreaksAtTheSamePlace() throws Exception {
    server.manner = exchange -> server.send(exchange, 200, 0, 500_000);

    fails(download("/w"), "received: 500000");

    assertThat(server.requests).hasSize(PATIENCE.attempts());
  }

  @Test
  void refusesOtherContent() throws Exception {
    server.content = bytes(2);

    fails(
        download("/w"),
        server.address("/w") + ": what came is not the file: its checksum is not MD5 ",
        "To place it by hand: curl -fL -o '" + folder.resolve(NAME) + "' " + server.address("/w"),
        "CAPTIONARY_VGG16_WEIGHTS");

    assertThat(folder.resolve(NAME + ".part")).doesNotExist();
  }

  @Test
  void takesTheNextAddress() throws Exception {
    server.manner =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/a")) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            server.whole(exchange);
          }
        };

    fetchesAll(download("/a", "/b"));
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void namesEachAddressThatFailed() throws Exception {
    server.manner =
        exchange ->
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/a") ? 404 : 503, -1);

    fails(
        download("/a", "/b"),
        server.address("/a")
            + ": the answer is 404; "
            + server.address("/b")
            + ": the answer is 503");

    assertThat(server.requests).hasSize(1 + PATIENCE.attempts());
  }

  @Test
  void refusesAWebPage() throws Exception {
    server.manner =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          server.whole(exchange);
        };

    fails(download("/w"), "the answer is a web page or text, not the file");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void followsARedirect() throws Exception {
    server.manner =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/w")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
          } else {
            server.whole(exchange);
          }
        };

    fetchesAll(download("/w"));
  }

  @Test
  void doesNotWaitForEver() throws Exception {
    server.manner = server::stalling;
    fails(download("/w"), "nothing came for 400 ms");
    server.manner = server::silent;
    fails(download("/w"), "nothing came for 400 ms");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    server.close();
    fails(download("/w"), server.address("/w") + ": ConnectException");
  }

  /** The name is reserved: RFC 6761. */
  @Test
  void saysThatAHostIsUnknown() {
    Source source = new Source(URI.create("http://nowhere.invalid/w"), NAME, Checksum.md5("x"));
    fails(
        new Download(folder, List.of(source), PATIENCE, () -> Long.MAX_VALUE),
        "http://nowhere.invalid/w: no such host is known");
  }

  @Test
  void saysThatTheDiskIsFull() throws Exception {
    fails(download(999_999, "/w"), "the disk of " + folder + " has 0 MiB left");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void checksAFileThatWasPlacedByHand() throws Exception {
    Path file = Files.write(folder.resolve(NAME), CONTENT);
    fetchesAll(download("/w"));
    Files.write(file, bytes(2));

    assertThat(download("/w").fetch(file::equals)).isEqualTo(file);
    assertThatThrownBy(() -> download("/w").fetch(path -> false))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith(file + " is not the published file")
        .hasMessageContaining("Delete it");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void stopsWhenInterrupted() throws Exception {
    server.manner = server::ranges;
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> download("/w").fetch(path -> false))
        .isInstanceOf(InterruptedException.class);
    fetchesAll(download("/w"));
  }

  @Test
  void downloadsOnceForSeveralThreads() throws Exception {
    server.manner = exchange -> server.breaking(exchange, 300_000);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    Callable<Path> fetch = () -> download("/w").fetch(path -> false);
    for (Future<Path> file : threads.invokeAll(Collections.nCopies(3, fetch))) {
      assertThat(file.get()).hasBinaryContent(CONTENT);
    }
    threads.shutdown();
    assertThat(server.requests.stream().filter("whole"::equals)).hasSize(1);
  }

  private Future<Path> fetchThatWaits(ExecutorService thread) {
    Future<Path> file = thread.submit(() -> download("/w").fetch(path -> false));
    assertThatThrownBy(() -> file.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    return file;
  }

  @Test
  void waitsForAnotherProcessUntilItDies() throws Exception {
    Process holder = LockHolder.start(folder);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Path> file = fetchThatWaits(thread);
      assertThat(server.requests).isEmpty();
      holder.destroyForcibly();
      assertThat(file.get(30, TimeUnit.SECONDS)).hasBinaryContent(CONTENT);
    } finally {
      holder.destroyForcibly();
      thread.shutdownNow();
    }
  }

  @Test
  void takesWhatAnotherProcessBroughtWhileItWaited() throws Exception {
    Process holder = LockHolder.start(folder);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Path> file = fetchThatWaits(thread);
      Files.write(folder.resolve(NAME), CONTENT);
      holder.destroyForcibly();
      assertThat(file.get(30, TimeUnit.SECONDS)).hasBinaryContent(CONTENT);
      assertThat(server.requests).isEmpty();
    } finally {
      holder.destroyForcibly();
      thread.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/other.h5",
        "ftp://example.org/vgg16_dl4j_inference.zip",
        "vgg16_dl4j_inference.zip",
        "https://x/my_vgg16_dl4j_inference.zip",
        "no address",
        ""
      })
  void refusesAddressesOfUnknownFiles(String address) {
    assertThatThrownBy(() -> Download.into(folder, "captionary.key", List.of(address)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("captionary.key: " + address + " is not allowed; allowed: http")
        .hasMessageContaining("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
  }

  @Test
  void knowsThePublishedChecksums() {
    URI address = URI.create("https://mirror/x/vgg16_weights_tf_dim_ordering_tf_kernels.h5?a=b");
    assertThat(OfficialFile.at(address).orElseThrow().checksum())
        .hasToString("MD5 64373286793e3c8b2b4e3219cbf3544b");
    assertThat(OfficialFile.DL4J.fileName()).isEqualTo("vgg16_dl4j_inference.zip");
  }

  @Test
  void checksAnAdler32() throws IOException {
    Path file = Files.writeString(folder.resolve("w"), "Wikipedia");
    assertThat(Checksum.adler32(0x11E60398).fits(file)).isTrue();
    assertThat(Checksum.adler32(1).fits(file)).isFalse();
  }
}
