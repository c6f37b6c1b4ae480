package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Photos lie in the folder and in folders below it; their names are paths with {@code /}. Links to
 * folders are followed, but for one that leaves the allowed folders, and one to a folder that holds
 * it: these are named themselves, so that they are put aside with a reason.
 */
final class Nested implements FolderLayout {

  private final AllowedFolders folders;

  Nested(AllowedFolders folders) {
    this.folders = folders;
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    Walk walk = new Walk(folder);
    EnumSet<FileVisitOption> options = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
    Files.walkFileTree(folder, options, Integer.MAX_VALUE, walk);
    return walk.names;
  }

  @Override
  public boolean leadsBelow(Path name) {
    return isPlain(name);
  }

  @Override
  public String reasonForFolder() {
    return "a link to a folder that holds it";
  }

  /** Whether a path is relative, not empty, and holds no {@code .} or {@code ..}. */
  static boolean isPlain(Path name) {
    return !name.isAbsolute()
        && !name.toString().isEmpty()
        && StreamSupport.stream(name.spliterator(), false)
            .map(Path::toString)
            .noneMatch(segment -> segment.equals(".") || segment.equals(".."));
  }

  static String nameBelow(Path folder, Path file) {
    return StreamSupport.stream(folder.relativize(file).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  /** Gathers names. */
  final class Walk implements FileVisitor<Path> {

    private final Path folder;
    final List<String> names = new ArrayList<>();

    Walk(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes)
        throws IOException {
      if (below.equals(folder) || !leaves(below)) {
        return FileVisitResult.CONTINUE;
      }
      name(below);
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return name(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path below, IOException e) throws IOException {
      boolean isOfPhoto = e instanceof FileSystemLoopException || e instanceof NoSuchFileException;
      if (!below.equals(folder) && (isOfPhoto || leaves(below))) {
        return name(below);
      }
      return failed(below, e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path below, IOException e) throws IOException {
      return e == null ? FileVisitResult.CONTINUE : failed(below, e);
    }

    private FileVisitResult name(Path below) {
      names.add(nameBelow(folder, below));
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult failed(Path below, IOException e) throws IOException {
      if (below.equals(folder)) {
        throw e;
      }
      throw folders.refused(PhotoFolder.FIELD, below, AllowedFolders.expected("folder", e));
    }

    private boolean leaves(Path below) throws IOException {
      return !folders.contain(below.toRealPath());
    }
  }
}
