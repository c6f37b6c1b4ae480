package org.captionary.app.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of a sample, laid out as Flickr8k's. Each is written beside its place and then moved
 * there, so that whatever has its final name is whole; {@code sample.properties}, written first,
 * says which sample the folder holds.
 */
final class SampleFolder {

  private static final String MARKER = "sample.properties";
  private static final String UNFINISHED = ".part";

  private final Path folder;

  SampleFolder(Path folder) {
    this.folder = folder;
  }

  /** {@code Flicker8k_Dataset}: so it is spelled in the original. */
  Path photos() {
    return folder.resolve("Flicker8k_Dataset");
  }

  Path texts() {
    return folder.resolve("Flickr8k_text");
  }

  Path captions() {
    return texts().resolve("Flickr8k.token.txt");
  }

  Path split(SampleSplit split) {
    return texts().resolve(split.fileName());
  }

  /**
   * Takes the folder for a sample: a new or empty one, or one that the same sample was begun in.
   *
   * @param description the sample's parameters, one {@code key=value} a line
   * @throws IllegalArgumentException if the folder is a file, or holds something else
   */
  void claim(String description) throws IOException {
    refuseFile();
    Files.createDirectories(folder);
    Path marker = folder.resolve(MARKER);
    if (Files.exists(marker)) {
      requireSame(description, Files.readString(marker));
    } else {
      requireEmpty();
      put(marker, description.getBytes(StandardCharsets.UTF_8));
    }
    Files.createDirectories(photos());
    Files.createDirectories(texts());
  }

  /** Writes a photo, unless it is there: what is there is whole, and would be the same. */
  void addPhoto(SamplePhoto photo) throws IOException {
    Path file = photos().resolve(photo.fileName());
    if (!Files.exists(file)) {
      put(file, photo.jpeg());
    }
  }

  /** Opens a text to be written beside its place; {@link #finish} moves it there. */
  static BufferedWriter begin(Path file) throws IOException {
    return Files.newBufferedWriter(unfinished(file));
  }

  static void finish(Path file) throws IOException {
    Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.write(unfinished(file), content);
    finish(file);
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  private void refuseFile() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("folder: " + folder + " is a file, not a folder");
    }
  }

  private void requireSame(String description, String found) {
    if (!found.equals(description)) {
      throw new IllegalArgumentException(
          "folder: %s holds another sample (%s), this one is (%s); choose another folder, or delete it"
              .formatted(folder, oneLine(found), oneLine(description)));
    }
  }

  private static String oneLine(String description) {
    return description.strip().replace("\n", ", ");
  }

  /** A marker cut off while it was written does not count. */
  private void requireEmpty() throws IOException {
    Path unfinishedMarker = unfinished(folder.resolve(MARKER));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !file.equals(unfinishedMarker))) {
      if (files.iterator().hasNext()) {
        throw new IllegalArgumentException(
            "folder: %s is not empty and holds no sample; choose an empty or a new one"
                .formatted(folder));
      }
    }
  }
}
