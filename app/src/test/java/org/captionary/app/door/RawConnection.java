package org.captionary.app.door;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to the service under test on which anything may be said. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  RawConnection() throws IOException {
    this("127.0.0.1");
  }

  /**
   * @param from one of the machine's own addresses, 127.0.0.1 to 127.255.255.254
   */
  RawConnection(String from) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), RestAssured.port));
  }

  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All up to the end of the connection, which the request should ask to be closed. */
  String hearAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** The first line of the answer; empty if the connection ends first. */
  String hearStatus() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  static String get(String path, String... headers) {
    return request("GET " + path, headers);
  }

  static String request(String line, String... headers) {
    StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.append("Connection: close\r\n\r\n").toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
