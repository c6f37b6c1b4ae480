package org.captionary.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc} tells beyond the JDK (proc(5)); elsewhere every answer is no. */
final class LinuxProcess {

  private static final Path PROC = Path.of("/proc");

  private LinuxProcess() {}

  /** Whether the process is dead, and only its number is left until its parent asks for it. */
  static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(directory(pid).resolve("stat"));
      // "pid (name) state ...": the name itself may hold parentheses.
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a process has this working directory, as each of a PostgreSQL server's has. */
  static boolean anyWorksIn(Path directory) {
    return ProcessHandle.allProcesses().anyMatch(process -> worksIn(process.pid(), directory));
  }

  private static boolean worksIn(long pid, Path directory) {
    try {
      return Files.readSymbolicLink(directory(pid).resolve("cwd")).equals(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path directory(long pid) {
    return PROC.resolve(Long.toString(pid));
  }
}
