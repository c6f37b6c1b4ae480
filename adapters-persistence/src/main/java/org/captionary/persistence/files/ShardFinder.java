package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;

/** Finds the shards that {@code photos} names: a file, a folder's {@code .tar} files, a pattern. */
final class ShardFinder {

  private static final String FIELD = PhotoFolder.FIELD;
  private static final Pattern TAR = Pattern.compile("(?i).+\\.tar");
  private static final Pattern COMPRESSED =
      Pattern.compile("(?i).+\\.(tgz|tbz2?|txz|tar\\.(gz|bz2|xz|zst|lz4))");

  private final AllowedFolders folders;

  ShardFinder(AllowedFolders folders) {
    this.folders = folders;
  }

  /** Whether what lies there, of which nothing else is said, can be meant for shards. */
  boolean isMeant(Path photos) {
    if (Files.isDirectory(photos)) {
      return namesIn(photos).stream().anyMatch(name -> TAR.matcher(name).matches());
    }
    String name = String.valueOf(photos.getFileName());
    return ShardPattern.isOne(name) || isNamedTar(name);
  }

  private static boolean isNamedTar(String name) {
    return TAR.matcher(name).matches() || COMPRESSED.matcher(name).matches();
  }

  /**
   * In the order of their names, one or more.
   *
   * @throws InvalidInputException on field {@code photos}
   */
  List<Shard> find(Path photos) {
    if (Files.isDirectory(photos)) {
      return shards(photos, tarsIn(photos));
    }
    String name = String.valueOf(photos.getFileName());
    if (Files.exists(photos) || !ShardPattern.isOne(name)) {
      return List.of(shard(photos, photos));
    }
    return shards(photos.getParent(), matching(photos, name));
  }

  private List<String> tarsIn(Path photos) {
    List<String> names = namesIn(photos);
    if (names.stream().anyMatch(name -> COMPRESSED.matcher(name).matches())) {
      throw folders.refused(FIELD, photos, "shards that are not compressed (.tar, not .tar.gz)");
    }
    List<String> tars = names.stream().filter(name -> TAR.matcher(name).matches()).toList();
    if (tars.isEmpty()) {
      throw folders.refused(FIELD, photos, "a folder that holds shards (.tar)");
    }
    return tars;
  }

  private List<String> matching(Path photos, String pattern) {
    if (photos.getParent() == null) {
      throw folders.refused(FIELD, photos, "an absolute path");
    }
    List<String> names = namesIn(photos.getParent());
    try {
      return ShardPattern.expanded(pattern).stream()
          .map(one -> required(photos, one, ShardPattern.matching(one, names)))
          .flatMap(List::stream)
          .toList();
    } catch (IllegalArgumentException e) {
      throw folders.refused(
          FIELD, photos, "a file, a folder, or a pattern (" + e.getMessage() + ")");
    }
  }

  private List<String> required(Path photos, String pattern, List<String> found) {
    if (found.isEmpty()) {
      throw folders.refused(
          FIELD, photos, "a pattern for files that are there (not " + pattern + ")");
    }
    return found;
  }

  private List<String> namesIn(Path folder) {
    Path real = folders.folder(FIELD, folder);
    try {
      return new SideBySide().names(real);
    } catch (IOException e) {
      throw folders.refused(FIELD, folder, AllowedFolders.expected("folder", e));
    }
  }

  private List<Shard> shards(Path folder, List<String> names) {
    TreeSet<String> ordered = new TreeSet<>(PhotoNames.ORDER);
    ordered.addAll(names);
    return ordered.stream()
        .map(name -> shard(folder.resolve(name), folder.resolve(name)))
        .collect(Collectors.toUnmodifiableList());
  }

  /** The shard as it is now. */
  Shard shard(Path photos, Path file) {
    Path real = folders.file(FIELD, file);
    if (COMPRESSED.matcher(file.getFileName().toString()).matches()) {
      throw folders.refused(FIELD, photos, "a shard that is not compressed (.tar, not .tar.gz)");
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      return new Shard(file.getFileName().toString(), real, PhotoFolder.stampOf(attributes));
    } catch (IOException e) {
      throw folders.refused(FIELD, photos, AllowedFolders.expected("file", e));
    }
  }
}
