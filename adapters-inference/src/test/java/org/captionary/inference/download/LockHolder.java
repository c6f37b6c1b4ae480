package org.captionary.inference.download;

import java.nio.file.Path;

/** Takes the lock of a folder, says so, and keeps it until it is killed. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] args) throws Exception {
    FolderLock.take(Path.of(args[0]));
    System.out.println("held");
    Thread.sleep(Long.MAX_VALUE);
  }

  static Process start(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.inputReader().readLine();
    return process;
  }
}
