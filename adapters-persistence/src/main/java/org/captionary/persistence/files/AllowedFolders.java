package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;

/**
 * The folders below which data sets may be read. What counts is the real path, all links and {@code
 * ..} resolved by the file system: a link inside that leads out is refused, a link outside that
 * leads in is not. Of a path outside, nothing is told, not even whether there is a file.
 */
final class AllowedFolders {

  private final List<Path> roots;
  private final FileOpener opener;

  /**
   * @param roots absolute; one that is absent allows nothing until it appears
   * @throws InvalidInputException on field {@code captionary.dataset-roots}
   */
  AllowedFolders(List<Path> roots, FileOpener opener) {
    this.roots = List.copyOf(roots);
    this.opener = opener;
    for (Path root : roots) {
      if (!root.isAbsolute()) {
        throw new InvalidInputException(
            "captionary.dataset-roots", root, "absolute paths of folders");
      }
    }
  }

  /**
   * The real path of a readable regular file.
   *
   * @throws InvalidInputException on {@code field}
   */
  Path file(String field, Path path) {
    Path real = real(field, path, "file");
    if (!Files.isRegularFile(real)) {
      throw refused(field, path, "a regular file");
    }
    try {
      opener.open(real).close(); // rights may be finer than what the file system tells
      return real;
    } catch (IOException e) {
      throw refused(field, path, expected("file", e));
    }
  }

  /**
   * The real path of a folder that can be listed and searched.
   *
   * @throws InvalidInputException on {@code field}
   */
  Path folder(String field, Path path) {
    Path real = real(field, path, "folder");
    if (!Files.isDirectory(real)) {
      throw refused(field, path, "a folder");
    }
    if (!Files.isReadable(real) || !Files.isExecutable(real)) {
      throw refused(field, path, "a folder that Captionary has the permission to read");
    }
    return real;
  }

  /**
   * Whether a path lies in one of the folders, or is one.
   *
   * @param real absolute, links resolved
   */
  boolean contain(Path real) {
    return roots.stream().anyMatch(root -> real(root).filter(real::startsWith).isPresent());
  }

  /** Says what should have been there, and the folders below which it may lie. */
  InvalidInputException refused(String field, Path path, String expected) {
    return new InvalidInputException(field, path, expected + " below " + names());
  }

  /** What was expected in place of a file or folder that failed. */
  static String expected(String kind, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "a " + kind + " that exists";
    }
    if (e instanceof AccessDeniedException) {
      return "a " + kind + " that Captionary has the permission to read";
    }
    return "a " + kind + " that can be read without an error (" + Reasons.of(e) + ")";
  }

  private Path real(String field, Path path, String kind) {
    requireRoots(field, path);
    if (path == null || !path.isAbsolute()) {
      throw refused(field, path, "an absolute path");
    }
    try {
      Path real = path.toRealPath();
      if (contain(real)) {
        return real;
      }
    } catch (IOException e) {
      if (roots.stream().anyMatch(root -> isNamedBelow(root, path.normalize()))) {
        throw refused(field, path, expected(kind, e));
      }
    }
    throw refused(field, path, "a path that stays, links followed,");
  }

  private void requireRoots(String field, Path path) {
    if (roots.isEmpty()) {
      throw new InvalidInputException(
          field,
          path,
          "nothing, as no folder is set in CAPTIONARY_DATASET_ROOTS (captionary.dataset-roots)");
    }
  }

  private static boolean isNamedBelow(Path root, Path path) {
    return path.startsWith(root.normalize()) || real(root).filter(path::startsWith).isPresent();
  }

  private static Optional<Path> real(Path root) {
    try {
      return Optional.of(root.toRealPath());
    } catch (IOException e) {
      return Optional.empty(); // absent for now: nothing can be read through it
    }
  }

  private String names() {
    return roots.stream().map(Path::toString).collect(Collectors.joining(" or "));
  }
}
