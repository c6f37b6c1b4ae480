package org.captionary.app.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only this user may open, made so: never for a moment wider. */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE = mode("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");

  private PrivateFiles() {}

  /**
   * Makes the directory, and those above it, with mode 0700; one that is there is left as it is.
   */
  public static Path createDirectories(Path directory) throws IOException {
    return Files.createDirectories(directory, DIRECTORY_MODE);
  }

  /** Makes a new directory with mode 0700 and a name of its own below {@code parent}. */
  public static Path createTemporaryDirectory(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(parent, prefix, DIRECTORY_MODE);
  }

  /** Opens the file for reading and writing; a new one has mode 0600. */
  public static FileChannel open(Path file) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return FileChannel.open(file, options, FILE_MODE);
  }

  /** Makes an empty file with mode 0600 and a name of its own in {@code directory}. */
  public static Path createTemporaryFile(Path directory, String prefix) throws IOException {
    return Files.createTempFile(directory, prefix, ".tmp", FILE_MODE);
  }

  /** Fails unless a file can be made in {@code directory}: what the mode says is not enough. */
  public static void requireWritable(Path directory) throws IOException {
    Files.delete(createTemporaryFile(directory, ".writable"));
  }

  /** Why the file system refused, in a few words. */
  public static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied: " + e.getFile();
    }
    if (e instanceof NoSuchFileException) {
      return "it cannot be made there: " + e.getFile();
    }
    if (e instanceof FileAlreadyExistsException) {
      return "not a directory: " + e.getFile();
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
