package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What this node is called among those on a database, {@code captionary.node}: its host and process
 * unless configured, so that two nodes on one host differ.
 */
@Singleton
public final class NodeName {

  private static final String KEY = "captionary.node";

  /**
   * As many as PostgreSQL keeps of a session's name, and fewer; of ASCII, as it keeps no others.
   */
  private static final int MOST_CHARACTERS = 50;

  private final String value;

  /**
   * @throws InvalidInputException if the name is blank, too long or not all of printable ASCII
   */
  NodeName(@ConfigProperty(name = KEY) Optional<String> configured) {
    value = configured.map(NodeName::checked).orElseGet(() -> ofProcess(host()));
  }

  public String value() {
    return value;
  }

  private static String checked(String name) {
    String stripped = name.strip();
    if (!stripped.matches("[ -~]{1,%d}".formatted(MOST_CHARACTERS))) {
      throw new InvalidInputException(
          KEY, name, "1 to %d characters of printable ASCII".formatted(MOST_CHARACTERS));
    }
    return stripped;
  }

  /** A long host name loses its end, not the process. */
  static String ofProcess(String host) {
    String process = "-" + ProcessHandle.current().pid();
    return host.substring(0, Math.min(host.length(), MOST_CHARACTERS - process.length())) + process;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
