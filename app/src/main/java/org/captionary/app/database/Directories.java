package org.captionary.app.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the JDK lacks for directories. */
final class Directories {

  private Directories() {}

  /** The entries of {@code parent} whose names start with {@code prefix}; to be closed. */
  static Stream<Path> startingWith(Path parent, String prefix) throws IOException {
    return Files.list(parent).filter(path -> path.getFileName().toString().startsWith(prefix));
  }

  /** Deletes the directory with all in it; links are deleted, not followed. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> deepestFirst = Files.walk(directory).sorted(Comparator.reverseOrder())) {
      for (Path path : deepestFirst.toList()) {
        Files.delete(path);
      }
    }
  }

  /** Makes renames within the directory survive a power cut. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
