package org.captionary.app;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.List;
import java.util.OptionalInt;
import org.captionary.app.door.TimedConnections;

/**
 * Starts what the words after the jar ask for: a command, or the service with, if no other data
 * source is configured, a PostgreSQL of its own.
 */
@QuarkusMain
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  public static void main(String... args) {
    OptionalInt status = new Arguments(Commands.all(), System.err).runCommand(List.of(args));
    exit(status.isPresent() ? status.getAsInt() : serve());
  }

  private static int serve() {
    NativeLibraries.configure();
    TimedConnections.enable();
    try {
      return serveIn(Surroundings.prepare(ConfigUtils.configBuilder().build()));
    } catch (StartupException e) {
      System.err.println("Captionary cannot start. " + e.getMessage());
      return FAILED;
    }
  }

  private static int serveIn(Surroundings surroundings) {
    try {
      return runQuarkus();
    } finally {
      surroundings.close();
    }
  }

  /** Serves until the process is told to stop; Quarkus has stopped when this returns. */
  private static int runQuarkus() {
    ExitStatus status = new ExitStatus();
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      // By default Quarkus ends the JVM itself, before what it stands on is stopped.
      ApplicationLifecycleManager.setDefaultExitCodeHandler(status::set);
    }
    Quarkus.run();
    return status.get();
  }

  private static void exit(int status) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      System.exit(status);
    }
  }

  /** Where Quarkus leaves the status that it would have exited with. */
  private static final class ExitStatus {
    private volatile int status;

    void set(int given) {
      status = given;
    }

    int get() {
      return status;
    }
  }
}
