package org.captionary.app.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.app.StartupException;

/**
 * Runs PostgreSQL's programs to their end. They refuse to run as root, so root runs them in a user
 * name space of their own ({@code unshare -U}), where the same user has another number.
 */
final class ProgramRunner {

  private final Path bin;
  private final List<String> prefix;

  ProgramRunner(Path programs) {
    this.bin = programs.resolve("bin");
    this.prefix = isRoot() ? List.of("unshare", "-U") : List.of();
  }

  /**
   * Runs one program.
   *
   * @return its exit status and all that it said
   * @throws StartupException if it cannot be run at all
   */
  Result run(String program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(args));
    Process process = start(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output.strip());
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    // Messages in English and without surprises from the caller's locale.
    builder.environment().putAll(Map.of("LC_ALL", "C", "LANGUAGE", "C"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw cannotRun(command.get(0), e);
    }
  }

  private StartupException cannotRun(String program, IOException cause) {
    String advice = isRoot() ? " Run Captionary as a user other than root." : "";
    return new StartupException(
        "PostgreSQL's programs cannot be run: %s (%s).%s"
            .formatted(program, cause.getMessage(), advice),
        cause);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output standard output and error, as they came
   */
  record Result(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }
}
