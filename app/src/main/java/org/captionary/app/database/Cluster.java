package org.captionary.app.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.captionary.app.StartupException;
import org.captionary.app.secret.PrivateFiles;

/** A PostgreSQL data directory and the server that runs on it. */
final class Cluster {

  static final String SUPERUSER = "postgres";

  private static final String DRAFT_PREFIX = ".cluster-";
  private static final int START_ATTEMPTS = 5;
  private static final String WAIT_SECONDS = "60";

  private final Path home;
  private final Path directory;
  private final Path log;
  private final ProgramRunner runner;

  Cluster(Path home, ProgramRunner runner) {
    this.home = home;
    this.directory = directoryBelow(home);
    this.log = home.resolve("server.log");
    this.runner = runner;
  }

  Path directory() {
    return directory;
  }

  static Path directoryBelow(Path home) {
    return home.resolve("cluster");
  }

  /** Makes the data directory beside its place, then moves it there whole. */
  void create(Path passwordFile) throws IOException, InterruptedException {
    deleteDrafts();
    Path draft = PrivateFiles.createTemporaryDirectory(home, DRAFT_PREFIX);
    ProgramRunner.Result result = initdb(draft, passwordFile);
    if (!result.succeeded()) {
      throw failed("made", result.output());
    }
    Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    Directories.sync(home);
  }

  private ProgramRunner.Result initdb(Path target, Path passwordFile)
      throws IOException, InterruptedException {
    return runner.run(
        "initdb",
        "--pgdata=" + target,
        "--username=" + SUPERUSER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The order of text must not depend on the machine's libraries.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions");
  }

  /** Starts a server and waits until it takes connections. */
  Postmaster start() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      ProgramRunner.Result result = startOn(port);
      if (result.succeeded()) {
        return Postmaster.read(directory).orElseThrow(() -> failed("started", lastLogLines()));
      }
      if (isFree(port) || attempt == START_ATTEMPTS) {
        throw failed("started", result.output() + System.lineSeparator() + lastLogLines());
      }
    }
  }

  private ProgramRunner.Result startOn(int port) throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    PrivateFiles.open(log).close();
    return runner.run(
        "pg_ctl",
        "start",
        "--pgdata=" + directory,
        "--log=" + log,
        "--wait",
        "--timeout=" + WAIT_SECONDS,
        "--options=" + ClusterSettings.commandLine(port));
  }

  /** Ends all connections, writes all to disk, and waits until the server is gone. */
  void stop() throws IOException, InterruptedException {
    ProgramRunner.Result result =
        runner.run(
            "pg_ctl",
            "stop",
            "--pgdata=" + directory,
            "--mode=fast",
            "--wait",
            "--timeout=" + WAIT_SECONDS);
    if (!result.succeeded()) {
      throw failed("stopped", result.output());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private StartupException failed(String what, String output) {
    return new StartupException(
        "The database in %s could not be %s:%n%s".formatted(directory, what, output));
  }

  private String lastLogLines() {
    try (Stream<String> lines = Files.lines(log)) {
      return String.join(System.lineSeparator(), lines.limit(20).toList());
    } catch (IOException e) {
      return "(no log: " + log + ")";
    }
  }

  private void deleteDrafts() throws IOException {
    try (Stream<Path> drafts = Directories.startingWith(home, DRAFT_PREFIX)) {
      for (Path draft : drafts.toList()) {
        Directories.delete(draft);
      }
    }
  }
}
