package org.captionary.app.door;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/** An identity provider's keys at an https address, with a certificate of its own making. */
final class KeyServer implements AutoCloseable {

  private static final char[] PASSWORD = "key-server".toCharArray();

  private final HttpsServer server;
  private final Path certificate;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<? extends JsonWebKey> keys = List.of();

  private volatile boolean isBroken;
  private volatile Runnable onAsked = () -> {};
  private volatile int seconds = 600;

  KeyServer(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("server.p12");
    certificate = folder.resolve("server.pem");
    keytool(
        store,
        "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=keys -ext san=ip:127.0.0.1"
            + " -validity 2 -storetype PKCS12");
    keytool(store, "-exportcert -rfc -file " + certificate);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] set =
              new JsonWebKeySet(List.copyOf(keys)).toJson().getBytes(StandardCharsets.UTF_8);
          onAsked.run();
          exchange.getResponseHeaders().set("Cache-Control", "max-age=" + seconds);
          exchange.sendResponseHeaders(isBroken ? 500 : 200, set.length);
          exchange.getResponseBody().write(set);
          exchange.close();
        });
    server.start();
  }

  private static void keytool(Path store, String arguments)
      throws IOException, InterruptedException {
    String command =
        "%s/bin/keytool -alias key -keystore %s -storepass %s %s"
            .formatted(System.getProperty("java.home"), store, new String(PASSWORD), arguments);
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  void publish(JsonWebKey... published) {
    keys = List.of(published);
  }

  /** Has it answer that it failed, or no longer. */
  void isBroken(boolean broken) {
    isBroken = broken;
  }

  /** What is done before each answer. */
  void onAsked(Runnable action) {
    onAsked = action;
  }

  /** For how long an answer says that it may be kept. */
  void keptFor(int maxAge) {
    seconds = maxAge;
  }

  String address() {
    return "https://127.0.0.1:%d/keys".formatted(server.getAddress().getPort());
  }

  /** To be trusted. */
  Path certificate() {
    return certificate;
  }

  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
