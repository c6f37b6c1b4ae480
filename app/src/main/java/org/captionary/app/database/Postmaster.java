package org.captionary.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a data directory's {@code postmaster.pid} says: line 1 the process, line 4 the TCP port
 * (PostgreSQL, {@code src/include/utils/pidfile.h}).
 *
 * @param pid the server process, alive or dead
 * @param port the port that it listens on
 */
record Postmaster(long pid, int port) {

  static final String FILE_NAME = "postmaster.pid";

  private static final int PORT_LINE = 3;

  /** Reads the file; nothing if it is missing or not yet written to the port's line. */
  static Optional<Postmaster> read(Path cluster) throws IOException {
    try {
      return parse(Files.readAllLines(cluster.resolve(FILE_NAME)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Postmaster> parse(List<String> lines) {
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    long pid = Long.parseLong(lines.get(0).strip());
    int port = Integer.parseInt(lines.get(PORT_LINE).strip());
    return Optional.of(new Postmaster(pid, port));
  }

  /** Whether a process has the number; it may be another one by now, or dead and not yet reaped. */
  boolean isAlive() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Whether PostgreSQL would take what has the number for a server, although it is none. */
  boolean isMistakable(Path cluster) {
    return isAlive() && (LinuxProcess.isZombie(pid) || isAnotherProcess(cluster));
  }

  /**
   * Whether the number now belongs to a process that is known to be another one: numbers are given
   * out again, in containers almost at once. Unknown is not another.
   */
  private boolean isAnotherProcess(Path cluster) {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .map(info -> isOtherProgram(info) || servesAnother(info, cluster))
        .orElse(false);
  }

  private static boolean isOtherProgram(ProcessHandle.Info info) {
    return info.command().map(command -> !isServer(Path.of(command))).orElse(false);
  }

  private static boolean isServer(Path command) {
    return command.getFileName().toString().startsWith("postgres");
  }

  private static boolean servesAnother(ProcessHandle.Info info, Path cluster) {
    String path = cluster.toString();
    return info.arguments().map(args -> !Arrays.asList(args).contains(path)).orElse(false);
  }
}
