package org.captionary.app.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that runs a database until it is killed. */
public final class DatabaseHolder {

  private static final String READY = "pid ";

  private DatabaseHolder() {}

  /** Starts the database of the directory that is given, says its process, and stays. */
  public static void main(String... args) throws InterruptedException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]))) {
      System.out.println(READY + database.pid());
      new CountDownLatch(1).await();
    }
  }

  /** The holder's process, once its database is ready. */
  static Process spawn(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(
            java, "-cp", classPath, DatabaseHolder.class.getName(), directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Waits for the holder's word that its database is ready: the server's process. */
  static long awaitReady(Process holder) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("The holder ended before its database was ready");
    }
    return Long.parseLong(line.substring(READY.length()));
  }
}
